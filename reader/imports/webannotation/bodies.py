"""Reads the bodies of a Web Annotation: comments, tags, a status, links and evidence."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from reader.core.addresses import is_web_address
from reader.core.claims import STANDARD_NAMES
from reader.core.evidence import Evidence, evidence_in
from reader.imports.records import Record, text_in, texts_in
from reader.imports.rich_text import markdown_of_html
from reader.imports.values import ulid_in
from reader.imports.webannotation.terms import each_of, id_of, name_of, text_of, types_of, value_of

_CITO: Final = "http://purl.org/spar/cito/"
_TAGGING: Final = "tagging"
_ASSESSING: Final = "assessing"
_WITH_TAGS: Final = frozenset((_TAGGING, "classifying"))


class Bodies(NamedTuple):
    """What the bodies of an annotation say."""

    note: str
    """Markdown."""
    tags: tuple[str, ...]
    status: str
    colour: str
    evidence: tuple[Evidence, ...]


class _Body(NamedTuple):
    """A body: a text, or the IRI of what it names."""

    text: str
    iri: str
    purposes: frozenset[str]
    record: Record


def read_bodies(annotation: Record, motivations: frozenset[str], *, is_own: bool) -> Bodies:
    """Return what the bodies of an annotation say.

    Args:
        annotation: The annotation.
        motivations: Its motivations, for bodies without a purpose of their own.
        is_own: Whether Margin wrote it, so that any assessment is a status.
    """
    values = [value_of(annotation, "body", "hasBody"), value_of(annotation, "bodyValue")]
    bodies = [_body(each, motivations) for each in each_of(values)]
    paragraphs, tags = [], []
    status, colour = "", ""
    evidence: list[Evidence] = []
    for body in bodies:
        colour = colour or text_of(body.record, "color", "colour")
        tags += texts_in(body.record.get("tag"))
        term = text_of(body.record, "additionalType").removeprefix(_CITO)
        if found := _evidence(term, body.iri):
            evidence += found
        elif body.purposes & _WITH_TAGS:
            tags += [each for each in [_tag(body)] if each]
        elif _ASSESSING in body.purposes and not status and (is_own or _is_status(body.text)):
            status = body.text
        elif body.text:
            paragraphs.append(body.text)
        elif body.iri:
            paragraphs.append(f"<{body.iri}>" if is_web_address(body.iri) else body.iri)
    note = "\n\n".join(dict.fromkeys(paragraphs))
    return Bodies(note, tuple(dict.fromkeys(tags)), status, colour, tuple(evidence))


def _body(value: Any, motivations: frozenset[str]) -> _Body:
    if isinstance(value, str):
        text = value.strip()
        is_iri = ":" in text and not any(each.isspace() for each in text)
        return _Body("" if is_iri else text, text if is_iri else "", motivations, {})
    record = value if isinstance(value, dict) else {}
    purposes = frozenset(map(name_of, texts_in(value_of(record, "purpose", "hasPurpose"))))
    types = types_of(record)
    if types & {"Tag", "SemanticTag"}:
        purposes = frozenset((_TAGGING,))
    source = value_of(record, "source", "hasSource")
    inner = source if isinstance(source, dict) else record
    text = text_of(inner, "value", "chars", "cnt:chars", "rdf:value")
    if "html" in text_in(inner, "format", "dc:format"):
        text = markdown_of_html(text)
    iri = id_of(source) if source is not None else "" if text else id_of(record)
    return _Body(text, "" if text else iri, purposes or motivations, record)


def _tag(body: _Body) -> str:
    """Return the name of a tag: its text or its label, else the end of its IRI."""
    label = body.text or text_of(body.record, "label", "rdfs:label", "name", "title")
    if label or not body.iri:
        return " ".join(label.split())
    end = body.iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]
    return end.replace("_", " ").strip()


def _is_status(text: str) -> bool:
    """Tell whether the assessment of another program is one of Margin's statuses."""
    return text.casefold() in STANDARD_NAMES


def _evidence(term: str, iri: str) -> list[Evidence]:
    """Return a link to evidence of Margin's own; none if the term is not one of CiTO's."""
    return evidence_in([{"type": term, "target": ulid_in(iri) or iri}]) if term else []
