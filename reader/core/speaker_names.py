"""The other names of speakers: which names the reader said are of one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from reader.core.folding import fold


class OtherName(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the reader said about a name of a speaker."""

    name: str
    """The name, as it was written: ``Prewitt``."""
    means: str = ""
    """The name of the same person under which notes have it: ``Lucan Prewitt``; empty where it is
    nobody's other name."""
    is_apart: bool = msgspec.field(default=False, name="apart")
    """Whether the reader said that it is nobody's other name."""
    modified: str = ""
    """When the reader said so: ISO 8601, UTC, with milliseconds."""


def speaker_key(name: str) -> str:
    """Return what identifies the name of a speaker: folded, with single spaces."""
    return " ".join(fold(name).split())


class SpeakerNames:
    """The other names of the speakers of a library; immutable."""

    def __init__(self, names: Iterable[OtherName] = ()) -> None:
        """Take what the reader said; of each name the last one counts."""
        self._by_key: dict[str, OtherName] = {speaker_key(each.name): each for each in names}

    @property
    def all(self) -> Mapping[str, OtherName]:
        """What the reader said, by the key of each name."""
        return self._by_key

    def main_name(self, name: str) -> str:
        """Return the name under which notes have a person; ``name`` where nothing else is known."""
        seen = set[str]()
        while (known := self._by_key.get(speaker_key(name))) is not None and known.means:
            key = speaker_key(name)
            if key in seen:  # two devices said the opposite of each other
                break
            seen.add(key)
            name = known.means
        return name

    def other_names(self, name: str) -> tuple[str, ...]:
        """Return the other names of the person whom notes have as ``name``, in order."""
        key = speaker_key(name)
        return tuple(
            sorted(
                each.name
                for other, each in self._by_key.items()
                if each.means and other != key and speaker_key(self.main_name(each.name)) == key
            )
        )

    def by_main_name(self) -> dict[str, tuple[str, ...]]:
        """Return the other names of each person that has any, by the main name."""
        main_names = {self.main_name(each.name) for each in self._by_key.values() if each.means}
        return {name: others for name in sorted(main_names) if (others := self.other_names(name))}

    def with_same(self, names: Sequence[str], main_name: str, moment: str) -> SpeakerNames:
        """Return the names where ``names`` are other names of one person.

        Args:
            names: Some names; the main name among them is left out.
            main_name: The name under which notes have the person.
            moment: The time of the change: ISO 8601, UTC, with milliseconds.
        """
        main_key = speaker_key(main_name)
        said = [
            OtherName(each, main_name, modified=moment)
            for each in names
            if speaker_key(each) != main_key
        ]
        known = self._by_key.get(main_key)
        if said and known is not None and known.means:
            said.append(OtherName(main_name, modified=moment))
        return SpeakerNames([*self._by_key.values(), *said])

    def without(self, name: str, moment: str) -> SpeakerNames:
        """Return the names where ``name`` is nobody's other name."""
        return SpeakerNames(
            [*self._by_key.values(), OtherName(name, is_apart=True, modified=moment)]
        )

    def is_apart(self, name: str) -> bool:
        """Return whether the reader said that a name is nobody's other name."""
        known = self._by_key.get(speaker_key(name))
        return known is not None and known.is_apart

    def changes_to(self, later: SpeakerNames) -> Iterator[tuple[OtherName, OtherName]]:
        """Yield what another version says of each name that it says something else of.

        Yields:
            What this version says of the name, with no meaning where it says nothing, and what the
            other one says.
        """
        for key, after in later.all.items():
            before = self._by_key.get(key, OtherName(after.name))
            if (before.means, before.is_apart) != (after.means, after.is_apart):
                yield before, after


NO_NAMES: Final = SpeakerNames()
"""Nothing is known of any name."""
