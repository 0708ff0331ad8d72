"""Quotations with their source as text: the style, the language and the escapes of the words."""

from __future__ import annotations

from collections.abc import Iterable

from reader.core.annotation import Annotation, Article
from reader.core.document import Document, TextRange
from reader.core.quotation_style import Quotation, quotation_text

_QUOTATION_MARKS = "“”„‟«»‹›「」『』\"‘’‚' \u00a0\u202f\n"


def quotation_of(
    document: Document, passage: TextRange, annotations: Iterable[Annotation]
) -> Quotation:
    """Return a passage of a document as a quotation.

    Its speaker is that of the narrowest annotation around it, or of one that is all of it but for
    its quotation marks.

    Args:
        document: The document.
        passage: The passage.
        annotations: The annotations of the document.
    """
    around = [
        each
        for each in annotations
        if each.speaker and not each.is_orphaned and _is_around(document, each.range, passage)
    ]
    nearest = min(around, key=lambda each: each.range.end - each.range.start, default=None)
    return Quotation(
        document.quote(passage),
        nearest.speaker if nearest is not None else "",
        document.page_at(passage.start),
    )


def marked_quotation(annotation: Annotation) -> Quotation:
    """Return the words of an annotation, as they were marked, as a quotation."""
    selector = annotation.selector
    return Quotation(selector.exact, annotation.speaker, selector.page)


def with_source(quotation: Quotation, article: Article, style: str, text: str = "") -> str:
    """Return a quotation with its speaker and its source.

    Args:
        quotation: The quotation.
        article: The article that it is from.
        style: The name of a style or a pattern, as the settings have it.
        text: The text of the article, whose language gives the quotation marks where the article
            states none; empty for the language of the words.
    """
    from reader.core.speech.language_choice import lexicon_for  # noqa: PLC0415  (on the first copy)
    from reader.exports.escape import escape_inline  # noqa: PLC0415  (on the first copy)

    stated = article.metadata.language
    language = stated or lexicon_for("", text or quotation.words).code
    return quotation_text(quotation, article, style, language=language, escape=escape_inline)


def _is_around(document: Document, outer: TextRange, passage: TextRange) -> bool:
    if outer.start <= passage.start and passage.end <= outer.end:
        return True
    beside = document.text[passage.start : outer.start] + document.text[outer.end : passage.end]
    return (
        passage.start <= outer.start
        and outer.end <= passage.end
        and not beside.strip(_QUOTATION_MARKS)
    )
