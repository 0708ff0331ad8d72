"""Projects: which articles belong to them, giving them, renaming them, and undoing that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from reader.core.annotation import Article
from reader.core.projects import ProjectCount, count_projects, project_key
from reader.core.text_formatting import counted
from reader.errors import ReaderError
from reader.session.edited import with_other_projects

if TYPE_CHECKING:
    from reader.session.writer import SaveWriter
    from reader.store.library import ArticleSummary, Library

MAX_LENGTH: Final = 100
"""The longest name of a project, in code points."""

_MOST_NAMED: Final = 8
"""How many projects an error names."""


class ProjectChange(NamedTuple):
    """What changed of the projects of one article."""

    article: Article
    """The article after the change."""
    given: tuple[str, ...]
    """The tags that it did not have before."""
    taken: tuple[str, ...]
    """The tags that it had before."""


class ProjectRename(NamedTuple):
    """Another name for projects, before it is given."""

    names: tuple[str, ...]
    """The names that go."""
    new_name: str
    """The name that their articles have afterwards."""
    articles: tuple[str, ...]
    """The ids of these articles."""

    @property
    def label(self) -> str:
        """What it does: ``rename the project “a” to “b”``."""
        named = ", ".join(f"“{name}”" for name in self.names)
        if len(self.names) == 1:
            return f"rename the project {named} to “{self.new_name}”"
        return f"merge the projects {named} into “{self.new_name}”"


class Projects:
    """The projects of one library; slow, so not for the thread of the interface."""

    def __init__(self, library: Library, writer: SaveWriter) -> None:
        """Serve a library."""
        self._library = library
        self._writer = writer

    def counts(self) -> list[ProjectCount]:
        """Return the projects with how many articles they have, those of most articles first.

        Raises:
            StoreError: The library's folder cannot be read.
        """
        return count_projects(each.tags for each in self._library.articles())

    def known(self) -> list[ProjectCount]:
        """Return the projects that are indexed by now, as ``counts`` does."""
        return count_projects(each.tags for each in self._library.lists.articles())

    def articles(self, names: Collection[str]) -> list[ArticleSummary]:
        """Return the articles that belong to any of some projects, the last opened first.

        Args:
            names: The names of projects, in any case.

        Raises:
            ReaderError: There is no project with one of these names.
            StoreError: The library's folder cannot be read.
        """
        articles = self._library.articles()
        counts = count_projects(each.tags for each in articles)
        known = {project_key(each.name) for each in counts}
        for name in names:
            if project_key(name) not in known:
                raise _no_such(name, counts)
        keys = set(map(project_key, names))
        return [each for each in articles if not keys.isdisjoint(map(project_key, each.tags))]

    def spelled(self, names: Collection[str]) -> tuple[str, ...]:
        """Return the names of projects as the library writes them; new ones stay as they are."""
        if not names:
            return ()
        known = {project_key(each.name): each.name for each in self.counts()}
        return tuple(dict.fromkeys(known.get(project_key(name), name) for name in names))

    def change(
        self,
        article_ids: Sequence[str],
        *,
        given: Collection[str] = (),
        taken: Collection[str] = (),
    ) -> list[ProjectChange]:
        """Let articles belong to projects, or not any more; returns once that is on disk.

        Args:
            article_ids: Which articles.
            given: The names of projects that all of them get.
            taken: The names of projects that all of them lose.

        Returns:
            What changed, without articles of which nothing changed; for ``put_back``.

        Raises:
            StoreError: One could not be saved; none of them is changed then.
        """
        self._writer.flush()
        changes: list[ProjectChange] = []
        for article_id in dict.fromkeys(article_ids):
            try:
                change = self._change(article_id, given, taken)
            except ReaderError:
                self._put_back(changes)
                raise
            if change is not None:
                changes.append(change)
        return changes

    def plan_rename(self, name: str, new_name: str) -> ProjectRename:
        """Return the change that gives a project another name.

        Args:
            name: The project, in any case.
            new_name: Its name from then on.

        Raises:
            ReaderError: There is no such project, or another one has the new name.
            StoreError: The library's folder cannot be read.
        """
        plan = self._plan([name], new_name)
        is_same = project_key(name) == project_key(new_name)
        if not is_same and (there := self._count_of(new_name)) is not None:
            raise ReaderError(
                "Not renamed",
                f"There is a project “{there.name}” already, of"
                f" {counted(there.articles, 'article')}; to make one of both, merge them.",
            )
        return plan

    def plan_merge(self, names: Sequence[str], new_name: str) -> ProjectRename:
        """Return the change that makes one project of several.

        Args:
            names: The projects that go, in any case.
            new_name: The name that stays.

        Raises:
            ReaderError: There is no such project, or no other one.
            StoreError: The library's folder cannot be read.
        """
        there = self._count_of(new_name)
        new_name = there.name if there is not None else new_name
        going = [each for each in names if project_key(each) != project_key(new_name)]
        if not going:
            raise ReaderError("Nothing to merge", "Name at least two different projects.")
        return self._plan(going, new_name)

    def rename(self, plan: ProjectRename) -> list[ProjectChange]:
        """Carry out ``plan_rename`` or ``plan_merge``.

        Raises:
            StoreError: As for ``change``.
        """
        return self.change(plan.articles, given=[plan.new_name], taken=plan.names)

    def _plan(self, names: Sequence[str], new_name: str) -> ProjectRename:
        ids = tuple(each.id for each in self.articles(names))
        return ProjectRename(self.spelled(names), new_name, ids)

    def _count_of(self, name: str) -> ProjectCount | None:
        key = project_key(name)
        return next((each for each in self.counts() if project_key(each.name) == key), None)

    def put_back(self, changes: Sequence[ProjectChange]) -> None:
        """Undo changes; what others changed of these articles meanwhile stays.

        Raises:
            StoreError: One could not be saved; those before it are put back.
        """
        self._writer.flush()
        self._put_back(changes)

    def _put_back(self, changes: Sequence[ProjectChange]) -> None:
        for article, given, taken in changes:
            self._change(article.id, taken, given)

    def _change(
        self, article_id: str, given: Collection[str], taken: Collection[str]
    ) -> ProjectChange | None:
        before = self._library.load(article_id).article
        after = with_other_projects(before, given, taken)
        if after is before:
            return None
        after = self._library.save(article_id, article=after).article
        return ProjectChange(
            after,
            tuple(tag for tag in after.tags if tag not in before.tags),
            tuple(tag for tag in before.tags if tag not in after.tags),
        )


def read_project(text: str) -> str:
    """Return the name of a project that a person wrote, on one line.

    Raises:
        ReaderError: It is empty or too long.
    """
    from reader.formats import clean_line  # noqa: PLC0415  (only when something is written)

    name = clean_line(text)
    if not project_key(name):
        raise ReaderError("No project named", "Write the name of a project, such as Water meters.")
    if len(name) > MAX_LENGTH:
        raise ReaderError(
            "Name too long",
            f"The name of a project has at most {MAX_LENGTH} characters; shorten it.",
        )
    return name


def _no_such(name: str, counts: Sequence[ProjectCount]) -> ReaderError:
    known = ", ".join(each.name for each in counts[:_MOST_NAMED])
    known += ", …" if len(counts) > _MOST_NAMED else ""
    there_are = f"there are: {known}" if known else "no article belongs to one yet"
    return ReaderError(
        "No such project", f"{name!r} is none of the library’s projects; {there_are}."
    )
