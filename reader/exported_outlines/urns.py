"""The UUIDs that other programs know annotations and articles by."""

from __future__ import annotations

import json
import uuid
from typing import Final

_BASE32: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def uuid_of(identifier: str) -> uuid.UUID:
    """Return the UUID of an annotation or an article: a ULID is one in other letters.

    Any other text, which another library may have, gets the UUID that RFC 9562 makes of a name.
    """
    letters = identifier.upper()
    if len(letters) == 26 and letters[0] in "01234567" and all(each in _BASE32 for each in letters):
        number = 0
        for each in letters:
            number = number << 5 | _BASE32.index(each)
        return uuid.UUID(int=number)
    encoded = json.dumps(identifier)  # also what UTF-8 cannot hold
    return uuid.uuid5(uuid.NAMESPACE_URL, encoded)
