"""The UUIDs that other programs know annotations and articles by."""

from __future__ import annotations

import json
import uuid

from reader.identifiers import from_ulid


def uuid_of(identifier: str) -> uuid.UUID:
    """Return the UUID of an annotation or an article: a ULID is one in other letters.

    Any other text, which another library may have, gets the UUID that RFC 9562 makes of a name.
    """
    number = from_ulid(identifier)
    if number is not None:
        return uuid.UUID(int=number)
    encoded = json.dumps(identifier)  # also what UTF-8 cannot hold
    return uuid.uuid5(uuid.NAMESPACE_URL, encoded)
