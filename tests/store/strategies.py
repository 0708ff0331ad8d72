"""Random documents, annotations and articles that are valid."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from reader.clock import later
from reader.core.annotation import (
    Annotation,
    Article,
    ArticleState,
    Origin,
    Place,
    PlaceState,
    SeenText,
    Selector,
    TagChange,
    Verdict,
)
from reader.core.changes import PARTS, changed_at, times_of
from reader.core.claims import STANDARD_NAMES
from reader.core.document import (
    Block,
    BlockKind,
    Document,
    Mark,
    MarkKind,
    Metadata,
    Span,
    SpanKind,
)
from reader.core.overrides import SOURCE_FIELDS, Override
from reader.store.merge.merging import merge_annotations

words = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=40)
"""Text on one line, of all scripts, without lone surrogates."""

moments = st.integers(0, 50).map(lambda second: f"2026-11-22T10:00:{second:02}.000Z")
"""So few times that equal times are common."""

ulids = st.integers(1, 6).map(lambda number: f"01K{number:023}")
"""So few ids that several versions of an annotation are common."""

few_tags = st.sampled_from(("Water", "water", "Ports")) | words
"""So few tags that several versions of an article have the same."""

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=5,
)
"""Values of fields that this version does not know."""

unknown_fields = st.dictionaries(words.map(lambda name: f"x-{name}"), json_values, max_size=2)
"""Fields that no version of Margin has."""

any_link = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("isSupportedBy", "isRefutedBy", "disputes", "cites")) | words,
        "target": st.sampled_from(("01KA", "https://a.example/x")) | words,
    },
    optional={
        "time": moments,
        "removed": moments,
        "kind": words,
        "words": words,
        "x-page": json_values,
    },
)
"""Links of an annotation, among them tombstones, unknown terms and unknown fields."""

any_answer = st.fixed_dictionaries(
    {"time": moments, "grade": st.sampled_from(("again", "good", "disputed")), "state": words},
    optional={"undone": moments, "x-device": json_values},
)
"""Answers of a review, among them some that were undone."""

any_review: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "card": json_values
        | st.fixed_dictionaries(
            {"time": moments, "due": moments},
            optional={"stability": json_values, "state": words, "x-deck": json_values},
        ),
        "mode": st.fixed_dictionaries({"time": moments, "value": words}),
        "log": json_values | st.lists(any_answer, max_size=3),
        "x-later": json_values,
    },
)
"""The review of an annotation, also of a later version or edited by hand."""

metadata = st.builds(
    Metadata,
    title=words,
    authors=st.lists(words, max_size=2).map(tuple),
    site=words,
    published=words,
    language=words,
    url=words,
    modified=words,
)


any_origin = st.builds(
    Origin,
    moments,
    st.lists(words, max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(("quote", "note")), words, max_size=2),
    st.booleans(),
)
"""What an annotation was in another program."""


@st.composite
def any_annotation(draw: st.DrawFn) -> Annotation:
    """Draw an annotation, live or deleted."""
    start = draw(st.integers(0, 1000))
    exact = draw(words)
    identifier = draw(ulids)
    # An annotation is created once: all its versions have the same time, and change later.
    created = f"2026-11-22T09:00:0{identifier[-1]}.000Z"
    return Annotation(
        id=identifier,
        selector=Selector(
            exact,
            draw(words),
            draw(words),
            start,
            start + len(exact),
            draw(words),
            draw(words),
            draw(words),
        ),
        place=Place(start, start + len(exact), draw(st.sampled_from(PlaceState))),
        tags=tuple(draw(st.lists(words, min_size=1, max_size=3, unique=True))),
        created=created,
        modified=draw(st.just(created) | moments),
        note=draw(words),
        speaker=draw(words),
        status=draw(st.none() | st.sampled_from(sorted(STANDARD_NAMES)) | words),
        links=tuple(draw(st.lists(any_link, max_size=3))),
        review=draw(any_review),
        deleted=draw(st.just("") | moments),
        changed=draw(st.dictionaries(st.sampled_from((*PARTS, "x-later")), moments, max_size=4)),
        origins=draw(st.dictionaries(words, any_origin, max_size=2)),
        extra=draw(extras("selector", "place")),
    )


@st.composite
def edited_versions(draw: st.DrawFn, count: int) -> list[list[Annotation]]:
    """Draw versions of one article's annotations, edited separately and sometimes merged."""
    start: list[Annotation] = draw(st.lists(any_annotation(), max_size=2))
    copies = [merge_annotations(start) for _ in range(count)]
    for _ in range(draw(st.integers(0, 5))):
        at, other = draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))
        if at != other and draw(st.booleans()):
            copies[at] = merge_annotations(copies[at], copies[other])
        elif copies[at]:
            place = draw(st.integers(0, len(copies[at]) - 1))
            edited = draw(any_edit(copies[at][place]))
            copies[at] = (*copies[at][:place], edited, *copies[at][place + 1 :])
    return [list(copy) for copy in copies]


@st.composite
def any_edit(draw: st.DrawFn, before: Annotation) -> Annotation:
    """Draw a later edit of an annotation."""
    moment = later(draw(moments), than=max(before.modified, *times_of(before).values(), ""))
    fields: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "note": words,
                "tags": st.lists(words, min_size=1, max_size=2, unique=True).map(tuple),
                "speaker": words,
                "links": st.lists(any_link, max_size=3).map(tuple),
                "review": any_review,
                "deleted": st.sampled_from(("", moment)),
            },
        )
    )
    after = msgspec.structs.replace(before, **fields)
    return msgspec.structs.replace(changed_at(before, after, moment), modified=moment)


any_overrides = st.dictionaries(
    st.sampled_from([field.name for field in SOURCE_FIELDS]),
    st.builds(Override, moments, st.lists(words, max_size=2).map(tuple)),
    max_size=3,
)
"""What the reader wrote about a source."""


@st.composite
def any_article(draw: st.DrawFn, article_id: str = "01K0000000000000000ARTICLE") -> Article:
    """Draw an article."""
    return Article(
        id=article_id,
        source=draw(words),
        source_metadata=draw(metadata),
        snapshot=draw(words),
        source_digest=draw(words),
        added=draw(moments),
        opened=draw(moments),
        position=draw(st.integers(0, 10**6)),
        caret_distance=draw(st.integers(0, 10**4)),
        progress=draw(st.floats(0, 1)),
        finished=draw(st.booleans()),
        tags=tuple(draw(st.lists(few_tags, max_size=3, unique=True))),
        tag_changes=draw(
            st.dictionaries(few_tags, st.builds(TagChange, moments, st.booleans()), max_size=3)
        ),
        manual_state=draw(st.sampled_from((None, *ArticleState))),
        etag=draw(words),
        last_modified=draw(words),
        is_whole=draw(st.booleans()),
        read_as=draw(st.sampled_from(["", "markdown"])),
        suggestions=draw(
            st.dictionaries(words, st.builds(Verdict, moments, st.booleans()), max_size=3)
        ),
        overrides=draw(any_overrides),
        versions=draw(
            st.dictionaries(words, st.builds(SeenText, moments, moments, st.booleans()), max_size=3)
        ),
        changed=draw(
            st.dictionaries(st.sampled_from(("position", "tags", "state_by_hand")), moments)
        ),
        aliases=tuple(sorted(draw(st.lists(words, max_size=2, unique=True)))),
        extra=draw(extras("metadata")),
    )


@st.composite
def extras(draw: st.DrawFn, *nested: str) -> dict[str, Any]:
    """Draw unknown fields of a record, and of the records inside it."""
    extra = draw(unknown_fields)
    for name in nested:
        if inner := draw(unknown_fields):
            extra[name] = inner
    return extra


@st.composite
def any_document(draw: st.DrawFn, max_blocks: int = 12, stretch: int = 1) -> Document:
    """Draw a complete document.

    Args:
        draw: Hypothesis's.
        max_blocks: The greatest number of blocks.
        stretch: How often each block's text is repeated, to make it long.
    """
    texts = [text * stretch for text in draw(st.lists(words, max_size=max_blocks))]
    blocks: list[Block] = []
    spans: list[Span] = []
    marks: list[Mark] = []
    start = 0
    for text in texts:
        end = start + len(text)
        blocks.append(
            Block(
                draw(st.sampled_from(BlockKind)),
                start,
                end,
                level=draw(st.integers(0, 6)),
                nest=tuple(draw(st.lists(st.integers(0, 4), max_size=2))),
                marker=draw(st.sampled_from(("", "•", "3."))),
                residue=draw(st.booleans()),
                label=draw(st.sampled_from(("", "a-heading"))),
            )
        )
        for _ in range(draw(st.integers(0, 2)) if text else 0):
            first = draw(st.integers(start, end - 1))
            last = draw(st.integers(first + 1, end))
            spans.append(Span(draw(st.sampled_from(SpanKind)), first, last, draw(words)))
        if draw(st.booleans()):
            marks.append(Mark(draw(st.sampled_from(MarkKind)), draw(st.integers(start, end)), "iv"))
        start = end + 1
    spans.sort(key=lambda span: (span.start, -span.end))
    return Document(
        "\n".join(texts), tuple(blocks), tuple(spans), draw(metadata), marks=tuple(marks)
    )
