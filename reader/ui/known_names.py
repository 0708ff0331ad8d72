"""The tags and the speakers of the whole library, which editors and dialogs offer."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from textual.app import App

from reader.errors import ReaderError
from reader.session import Session

if TYPE_CHECKING:
    from reader.core.speaker_names import SpeakerNames

LOOK_UP_SECONDS = 0.5
"""How long looking up tags and speakers waits for the index, in seconds; a new library may take
minutes, and its newest articles are indexed first."""


class KnownNames:
    """The tags and the speakers of the library's annotations, as far as they were looked up."""

    def __init__(self, app: App[None], session: Session) -> None:
        self._app = app
        self._session = session
        self._used_speakers: tuple[str, ...] = ()  # of this run, the last first
        self._library_speakers: tuple[str, ...] = ()  # the newest first
        self._is_whole = False
        self._other_names: SpeakerNames | None = None
        self.tags: frozenset[str] = frozenset()
        """The tags."""

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers, the last given first."""
        return tuple(dict.fromkeys((*self._used_speakers, *self._library_speakers)))

    @property
    def other_names(self) -> SpeakerNames:
        """The other names of speakers."""
        from reader.core.speaker_names import NO_NAMES  # noqa: PLC0415  (after the first screen)

        return self._other_names or NO_NAMES

    def learn(self) -> None:
        """Look up the names, for the next time an editor is opened."""
        self._app.run_worker(self._look_up, thread=True, exclusive=True, group="names")

    async def need(self) -> None:
        """Look up the names, unless that was done in this run."""
        if not self._is_whole:
            await asyncio.to_thread(self._look_up)

    def spelling(self, name: str) -> str:
        """Return a speaker's name as the library spells it."""
        from reader.core.speech.offers import spelling_of  # noqa: PLC0415  (when needed)

        return spelling_of(name, self.speakers, self.other_names)

    def use_speaker(self, name: str) -> None:
        """Note the speaker that was given last."""
        self._used_speakers = tuple(dict.fromkeys((name, *self._used_speakers)))

    def _look_up(self) -> None:
        """Look up the names; called on a thread."""
        lists = self._session.lists
        is_whole = lists.updates.begin().wait(LOOK_UP_SECONDS)
        self.tags = frozenset(lists.tags())
        self._library_speakers = lists.speakers()
        with contextlib.suppress(ReaderError):  # margin speakers reports it
            self._other_names = self._session.names.speakers
        self._is_whole = is_whole
