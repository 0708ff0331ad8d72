"""Tags as text with commas between them: parsing, and completing the last one."""

from __future__ import annotations

from collections.abc import Iterable

from textual.suggester import Suggester


def parse_tags(text: str) -> tuple[str, ...]:
    """Return the tags of a text with commas between them, as they are stored.

    A leading ``#`` is dropped, and white space inside a tag becomes one space.
    """
    tags = (" ".join(part.split()).lstrip("#").strip().lower() for part in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


class TagSuggester(Suggester):
    """Completes the last tag of a text with commas between tags."""

    def __init__(self, tags: Iterable[str]) -> None:
        """Suggest from ``tags``; the first that matches wins."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tuple(tags)

    async def get_suggestion(self, value: str) -> str | None:
        """Return ``value`` with its last tag completed, or None where no tag matches."""
        *earlier, last = value.split(",")
        prefix = last.lstrip().lstrip("#")
        if not prefix:
            return None
        earlier_tags = set(parse_tags(",".join(earlier)))
        for tag in self._tags:
            is_longer = tag.startswith(prefix.lower()) and len(tag) > len(prefix)
            if is_longer and tag not in earlier_tags:
                return value + tag[len(prefix) :]
        return None
