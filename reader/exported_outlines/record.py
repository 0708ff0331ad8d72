"""What a passage in an outline was when Margin wrote it: digests, on one line of its properties.

For example ``9df5782fa4a6 e627b16cb196/77a2c4d09b1e 6327245c3a45 - - +866dd1c6f7cc``: the quote,
the note, the tags, the speaker and the status as the file shows them, each with that of the
library where it is another; then the lines that Margin alone writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from reader.core.annotation import Annotation
from reader.core.evidence import Relation, phrase
from reader.digests import part_digest
from reader.exported_markdown.parts import (
    PARTS,
    digest_of_token,
    digests_before,
    digests_of,
    stored_parts,
    token_of_digest,
)

_FACT, _TAG, _HIDDEN, _ITEM = "+", "t=", "h=", "item"
_RELATIONS: Final = "|".join(
    phrase(relation, is_basis=is_basis).capitalize()
    for relation in Relation
    for is_basis in (True, False)
)
_FACT_START: Final = re.compile(
    rf"When it was marked it read: “|The passage (?:was|changed|is) |It stood |Not found since |"
    rf"(?:{_RELATIONS}) (?:“|\[|<?https?://)"
)
"""How the lines begin that Margin alone writes."""
_DIGESTS: Final = re.compile(r"(?:[0-9a-f]{12}|-)(?:/(?:[0-9a-f]{12}|-))?")


class WrittenNote(NamedTuple):
    """What Margin wrote of an annotation."""

    shown: Mapping[str, str]
    """Digests of the parts as the file shows them, by the names in ``PARTS``."""
    stored: Mapping[str, str]
    """Digests of the parts as the library has them."""
    facts: tuple[str, ...] = ()
    """Digests of the lines that Margin alone writes: former words, and evidence."""
    tags: tuple[str, ...] = ()
    """All tags, where the file shows any of them in another form."""
    hidden: tuple[str, ...] = ()
    """The words that the note hides, where the file shows them without their signs."""
    is_item: bool = False
    """Whether the note was written as one list item."""

    def encoded(self) -> str:
        """Return it on one line of letters, digits and signs that no outline takes for markup."""
        tokens = [_token(self.shown[each], self.stored[each]) for each in PARTS]
        tokens += [_FACT + each for each in self.facts]
        tokens += [_TAG + token_of(each) for each in self.tags]
        tokens += [_HIDDEN + token_of(each) for each in self.hidden]
        return " ".join([*tokens, *([_ITEM] if self.is_item else [])])

    def base(
        self, values: Mapping[str, str | Sequence[str]], shown: Mapping[str, str]
    ) -> dict[str, str]:
        """Return what the parts were, for a comparison with the library.

        Args:
            values: The parts as they are read of the file now.
            shown: The parts as the file shows them now; without the tags, which are read as they
                are stored.
        """
        edited = {part for part in PARTS if part_digest(shown.get(part, "")) != self.shown[part]}
        return digests_before(self.stored, digests_of(values), edited | {"tags"})


def written_note(
    annotation: Annotation,
    shown: Mapping[str, str | Iterable[str]],
    facts: Iterable[str],
    tags: Iterable[str] = (),
    hidden: Iterable[str] = (),
    *,
    is_item: bool = False,
) -> WrittenNote:
    """Return what a file says of an annotation that Margin writes.

    Args:
        annotation: The annotation.
        shown: Its parts as the file shows them, by the names in ``PARTS``.
        facts: The lines of former words and evidence; empty ones are left out.
        tags: As in ``WrittenNote``.
        hidden: As in ``WrittenNote``.
        is_item: As in ``WrittenNote``.
    """
    return WrittenNote(
        digests_of(shown),
        digests_of(stored_parts(annotation)),
        tuple(part_digest(each) for each in facts if each.strip()),
        tuple(tags),
        tuple(hidden),
        is_item,
    )


def decoded(line: str) -> WrittenNote | None:
    """Return what ``WrittenNote.encoded`` wrote; None for any other text."""
    words = line.split()
    digests, more = words[: len(PARTS)], words[len(PARTS) :]
    if len(digests) < len(PARTS) or not all(map(_DIGESTS.fullmatch, digests)):
        return None
    pairs = [word.partition("/") for word in digests]
    return WrittenNote(
        dict(zip(PARTS, (digest_of_token(shown) for shown, _, _ in pairs), strict=True)),
        dict(zip(PARTS, (digest_of_token(own or shown) for shown, _, own in pairs), strict=True)),
        tuple(word[1:] for word in more if word.startswith(_FACT)),
        _unquoted(more, _TAG),
        _unquoted(more, _HIDDEN),
        _ITEM in more,
    )


def _unquoted(words: Iterable[str], sign: str) -> tuple[str, ...]:
    """Return the texts behind a sign."""
    quoted = (word[len(sign) :] for word in words if word.startswith(sign))
    return tuple(map(text_of, quoted))


def token_of(text: str) -> str:
    """Return any text as letters, digits and ``%_.-~``."""
    return quote(text, safe="", errors="surrogatepass")


def text_of(token: str) -> str:
    """Return what ``token_of`` made a token of; of any other token what can be read of it."""
    try:
        return unquote(token, errors="surrogatepass")
    except UnicodeDecodeError:
        return unquote(token)


def without_facts(lines: Sequence[str], written: WrittenNote) -> list[str]:
    """Return the lines below a passage without those that Margin alone writes.

    A line that was edited is known by its beginning, and one that an editor wrapped by its words.
    """
    left: list[str] = []
    facts = list(written.facts)
    for is_filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        run = list(group)
        if not is_filled or not facts:
            left += run
        elif not _took(facts, " ".join(run)):
            left += [line for line in run if not (facts and _took(facts, line))]
    for _ in facts:
        at = next((at for at, line in enumerate(left) if _FACT_START.match(line.strip())), None)
        if at is not None:
            del left[at]
    return "\n".join(left).strip("\n").split("\n") if any(map(str.strip, left)) else []


def _took(facts: list[str], text: str) -> bool:
    """Take a text out of the digests of facts, once; return whether it was there."""
    digest = part_digest(text)
    if digest in facts:
        facts.remove(digest)
        return True
    return False


def _token(shown: str, stored: str) -> str:
    first, second = map(token_of_digest, (shown, stored))
    return first if first == second else f"{first}/{second}"
