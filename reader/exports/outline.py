"""What an export that people read shows of annotations in all formats: sections, former words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from reader import clock
from reader.core.annotation import Annotation, Loss, PlaceState
from reader.core.selectors import former_context, selector_history
from reader.core.text_formatting import one_line
from reader.core.wording import present_since
from reader.exports.model import ExportedArticle

LOST: Final = "Lost their place"
"""The heading above annotations whose passages are not in the present text."""

LOSS_SENTENCES: Final = {
    Loss.REMOVED: "The passage was removed.",
    Loss.CHANGED: "The passage changed too much.",
    Loss.AMBIGUOUS: "The passage is in several places that cannot be told apart.",
    Loss.REJECTED: "The place that was found was rejected.",
}
"""What an export says of a lost passage."""

Escape = Callable[[str, str], str]
"""Takes a text and the paragraph that it is a part of; returns it in the markup of a format."""


def sections(
    item: ExportedArticle, annotations: Iterable[Annotation]
) -> list[tuple[str, list[Annotation]]]:
    """Return annotations under the headings that they stand below, the lost ones last.

    Args:
        item: The article.
        annotations: Its annotations in the order of the text.

    Returns:
        Headings, each with its annotations; the first may be empty, for what stands above all
        sections.
    """
    parts: list[tuple[str, list[Annotation]]] = []
    lost: list[Annotation] = []
    for annotation in annotations:
        if annotation.is_orphaned:
            lost.append(annotation)
            continue
        heading = one_line(annotation.selector.section) or item.title
        if parts and heading == (parts[-1][0] or item.title):
            parts[-1][1].append(annotation)
        else:
            is_top = not parts and heading == item.title
            parts.append(("" if is_top else heading, [annotation]))
    return [*parts, (LOST, lost)] if lost else parts


def former_words(item: ExportedArticle, annotation: Annotation, escape: Escape) -> str:
    """Return a line on the former words or surroundings of a passage that changed or was lost.

    Args:
        item: The article.
        annotation: One of its annotations.
        escape: Brings the words into the markup of the format.

    Returns:
        The line; empty where the passage reads as it did.
    """
    selector = annotation.selector
    if annotation.is_orphaned:
        within = selector.section + selector.prefix + selector.suffix
        context = former_context(selector, lambda text: escape(text, within))
        reason = LOSS_SENTENCES[annotation.loss] if annotation.loss else ""
        since = f"Not found since {_day(annotation.place.since)}." if annotation.place.since else ""
        return " ".join(filter(None, (reason, context, since)))
    is_changed = annotation.place.state in (PlaceState.EDITED, PlaceState.BY_HAND)
    if (is_changed or selector.earlier) and item.document is not None:
        present = " ".join(item.document.quote(annotation.range).split())
        former = " ".join(selector_history(selector)[0].exact.split())
        if present != former:
            since = present_since(annotation)
            times = f"on {_day(annotation.created)}; as above since {_day(since)}" if since else ""
            when = f" ({times})" if times else ""
            return f"When it was marked it read: “{escape(former, former)}”{when}"
    return ""


def all_tags(item: ExportedArticle, annotations: Iterable[Annotation]) -> Sequence[str]:
    """Return the tags of an article and of annotations, each once."""
    names = [*item.article.tags, *(tag for each in annotations for tag in each.tags)]
    return list(dict.fromkeys(names))


def _day(moment: str) -> str:
    return clock.day_in_words(moment, names_year=True)
