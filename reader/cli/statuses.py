"""Tags and statuses as options name them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.session import Session


def tag_name(word: str) -> str:
    """Return a tag as it is stored: in lower case, on one line, without spaces at its ends."""
    return " ".join(word.split()).casefold()


def known_status(word: str, session: Session) -> str:
    """Return the name of a status of the settings, which are not read if no word is given.

    Raises:
        ReaderError: There is no such status.
    """
    name = tag_name(word)
    known = [status.name for status in session.settings.statuses] if name else []
    if name and name not in known:
        raise ReaderError(
            "No such status",
            f"{name!r} is none of {', '.join(known)}; your own are [[statuses]] in the settings.",
        )
    return name


def known_statuses(words: Sequence[str], session: Session) -> list[str]:
    """Return what ``status:`` takes: statuses of the settings or of a note, ``open`` and ``none``.

    Raises:
        ReaderError: One of the words is none of them.
    """
    from reader.core.query.fields import STATUS_CHOICES

    names = list(map(tag_name, words))
    settings = {status.name for status in session.settings.statuses} if names else set()
    unknown = set(names) - settings - {choice.name for choice in STATUS_CHOICES} - {""}
    if unknown:
        unknown -= statuses_in_use(session)
    for word in sorted(unknown):
        known_status(word, session)
    return names


def statuses_in_use(session: Session) -> set[str]:
    """Return the statuses that notes of the library have."""
    session.lists.prepare()
    return {status for status, _ in session.queries.values("status")}
