"""The speaker as text: completing a name that is typed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.suggester import Suggester


class SpeakerSuggester(Suggester):
    """Completes a name from its beginning."""

    def __init__(self, names: Iterable[str]) -> None:
        """Suggest from ``names``; the first that matches wins."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = tuple(names)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the name that begins with ``value`` in any case, or None where none does."""
        typed = value.casefold()
        for name in self._names:
            if typed.strip() and name.casefold().startswith(typed) and len(name) > len(value):
                return name
        return None
