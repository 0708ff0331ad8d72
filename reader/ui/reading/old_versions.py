"""The versions of the article: listing them, showing one, and what changed between two."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reader.ui.actions import Actions
from reader.ui.article.position import PassageTarget
from reader.ui.held_input import hold_until
from reader.ui.reading.context import ReadingContext

if TYPE_CHECKING:
    from reader.core.document import TextRange
    from reader.session.versions import Version

NO_COPY = "The library has no copy of that version any more."
"""The answer where a text is missing."""


class OldVersions:
    """Opens and compares texts that the article has had."""

    def __init__(self, context: ReadingContext) -> None:
        self._context = context

    @property
    def actions(self) -> Actions:
        """What carries out each command."""
        return {"version.old": self.show, "versions": self.show_list}

    async def show(self) -> None:
        """Show the text that the annotation at the caret was made on, else one that is picked."""
        from reader.session.versions import versions_of  # noqa: PLC0415  (rarely needed)

        context = self._context
        versions = versions_of(context.state)
        if not versions:
            context.show_status("The article is what it was when the annotations were made.")
            return
        at_caret = {each.id for each in context.at_caret}
        version = next((each for each in versions if at_caret & each.annotation_ids), None)
        if version is None:
            version = versions[0] if len(versions) == 1 else await self._pick(versions)
        if version is not None:
            await self._show(version, next(iter(at_caret & version.annotation_ids), ""))

    def show_passage(self, target: PassageTarget) -> None:
        """Show a passage of an earlier text."""
        from reader.session.versions import known_versions  # noqa: PLC0415  (rarely needed)

        context = self._context
        versions = known_versions(context.state.article, context.state.annotations)
        version = next((each for each in versions if each.digest == target.digest), None)
        if version is None:
            context.show_status(NO_COPY)
        else:
            showing = self._show(version, "", target.passage)
            hold_until(context.screen, context.screen.run_worker(showing).wait())

    async def show_list(self) -> None:
        """List the versions; show one of them, or what changed between two."""
        from reader.ui.dialogs.versions import VersionsScreen  # noqa: PLC0415  (when needed)

        context = self._context
        if not context.state.document.is_complete:
            context.show_status("The article is still being read.")
            return
        versions = await asyncio.to_thread(context.host.session.versions.of, context.state)
        choice = await context.ask(VersionsScreen(context.state, versions))
        if choice is None:
            return
        if choice.earlier is not None:
            await self._compare(choice.earlier, choice.version)
        elif not choice.version.is_present:
            await self._show(choice.version, "")

    async def _pick(self, versions: list[Version]) -> Version | None:
        from reader.ui.dialogs.pick import PickRow, PickScreen  # noqa: PLC0415  (when needed)

        rows = [PickRow(f"As it was on {self._seen(each)}", each.described) for each in versions]
        dialog = PickScreen(rows, question="Which version of the article?")
        picked = await self._context.ask(dialog)
        return None if picked is None else versions[picked]

    async def _show(
        self, version: Version, annotation_id: str, passage: TextRange | None = None
    ) -> None:
        from reader.ui.reading.old_version_screen import OldVersionScreen  # noqa: PLC0415  (when needed)

        context = self._context
        loading_article = await asyncio.to_thread(
            context.host.session.versions.open, context.state, version.digest
        )
        if loading_article is None:
            context.show_status(NO_COPY)
            return
        context.screen.app.push_screen(
            OldVersionScreen(
                loading_article,
                version,
                seen=self._seen(version),
                annotation_id=annotation_id,
                passage=passage,
            )
        )

    def _seen(self, version: Version) -> str:
        """Return when the article was so: the day, and the time where two versions have it."""
        from reader.session.versions import known_versions  # noqa: PLC0415  (rarely needed)
        from reader.ui.version_names import last_seen  # noqa: PLC0415  (rarely needed)

        state = self._context.state
        present = state.document.digest if state.document.is_complete else ""
        versions = known_versions(state.article, state.annotations, present=present)
        return last_seen(version, versions)

    async def _compare(self, earlier: Version, later: Version) -> None:
        from reader.ui.reading.changes_screen import ChangesScreen  # noqa: PLC0415  (when needed)

        context = self._context
        comparison = await asyncio.to_thread(
            context.host.session.versions.compare, context.state, earlier.digest, later.digest
        )
        if comparison is None:
            context.show_status(NO_COPY)
            return
        context.screen.app.push_screen(ChangesScreen(comparison, earlier, later))
