"""Evidence: what a passage rests on, and what it is evidence for, as links with a relation.

A link is a record in ``Annotation.links``. Its ``type`` is a term of CiTO, the Citation Typing
Ontology (http://purl.org/spar/cito), with the annotation as its subject: ``isSupportedBy`` where
the target is evidence for the annotation, ``supports`` where the annotation is evidence for the
target. Links are a set by term and target. A link that was removed leaves a tombstone, so that two
copies of a library merge what was added and removed in each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from reader.core.addresses import canonical_address, is_web_address
from reader.core.json_values import string_in
from reader.core.ordering import order_key

Record = dict[str, Any]
"""A link as article files hold it."""


class Relation(StrEnum):
    """What a piece of evidence does to a passage; the names are CiTO's."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    REFUTES = "refutes"
    QUALIFIES = "qualifies"
    CORRECTS = "corrects"


class TargetKind(StrEnum):
    """What a link leads to."""

    ANNOTATION = "annotation"
    ARTICLE = "article"
    ADDRESS = "address"


_INVERSES: Final[Mapping[Relation, str]] = {
    Relation.SUPPORTS: "isSupportedBy",
    Relation.DISPUTES: "isDisputedBy",
    Relation.REFUTES: "isRefutedBy",
    Relation.QUALIFIES: "isQualifiedBy",
    Relation.CORRECTS: "isCorrectedBy",
}
"""CiTO's terms for an annotation that the target is evidence for."""

_TERMS: Final = {
    **{str(relation): (relation, False) for relation in Relation},
    **{term: (relation, True) for relation, term in _INVERSES.items()},
}
"""The relation of each term, and whether the target is the evidence."""

_PASSIVES: Final[Mapping[Relation, str]] = {
    Relation.SUPPORTS: "supported by",
    Relation.DISPUTES: "disputed by",
    Relation.REFUTES: "refuted by",
    Relation.QUALIFIES: "qualified by",
    Relation.CORRECTS: "corrected by",
}

_PLURALS: Final[Mapping[Relation, str]] = {
    Relation.SUPPORTS: "support",
    Relation.DISPUTES: "dispute",
    Relation.REFUTES: "refute",
    Relation.QUALIFIES: "qualify",
    Relation.CORRECTS: "correct",
}

KEPT_WORDS: Final = 300
"""How many code points of a passage a link keeps, to show them where the passage is gone."""


class Evidence(NamedTuple):
    """A link between an annotation and what it rests on, or what it is evidence for."""

    relation: Relation
    """What the evidence does to the passage that rests on it."""
    kind: TargetKind
    """What the link leads to."""
    target: str
    """The id of an annotation or an article, or a web address."""
    is_basis: bool = True
    """Whether the target is evidence for the annotation; else the annotation is evidence for it."""
    article: str = ""
    """The id of the target's article; empty for an address, and where it is not known."""
    title: str = ""
    """The title of the target's article when it was linked; may be empty."""
    words: str = ""
    """The words of the target when it was linked; empty for an article and an address."""
    seen: str = ""
    """The day on which an address was seen, such as ``2026-01-31``; may be empty."""

    @property
    def term(self) -> str:
        """CiTO's term, with the annotation as its subject."""
        return _INVERSES[self.relation] if self.is_basis else str(self.relation)

    @property
    def key(self) -> tuple[str, str]:
        """What tells the link apart from the others of its annotation."""
        return self.term, self.target


def evidence_in(links: Iterable[Record]) -> list[Evidence]:
    """Return the links that are not removed, in their order.

    A link with another term, or without a target, stays in the file and is not returned.
    """
    return [
        evidence for record in _live(links).values() if (evidence := _evidence(record)) is not None
    ]


def evidence_record(evidence: Evidence) -> dict[str, str]:
    """Return evidence as the JSON that scripts read."""
    return {
        "relation": str(evidence.relation),
        "term": f"cito:{evidence.term}",
        "kind": str(evidence.kind),
        "target": evidence.target,
        "article": evidence.article,
        "title": evidence.title,
        "words": evidence.words,
        "seen": evidence.seen,
    }


def basis(links: Iterable[Record]) -> list[Evidence]:
    """Return the links to what is evidence for the annotation."""
    return [each for each in evidence_in(links) if each.is_basis]


def summary(evidence: Iterable[Evidence]) -> str:
    """Return how many of each relation there are, such as ``2 support, 1 disputes``."""
    counts = Counter(each.relation for each in evidence)
    return ", ".join(
        f"{counts[relation]} {relation if counts[relation] == 1 else _PLURALS[relation]}"
        for relation in Relation
        if counts[relation]
    )


def summary_of(links: Iterable[Record]) -> str:
    """Return how much evidence an annotation with some links has: ``2 support, 1 disputes``."""
    return summary(basis(links))


def phrase(relation: Relation, *, is_basis: bool) -> str:
    """Return what a passage has to do with the other end of a link: ``supported by``."""
    return _PASSIVES[relation] if is_basis else str(relation)


def linked(links: Sequence[Record], evidence: Iterable[Evidence]) -> tuple[Record, ...]:
    """Return links with more evidence; a link that is there already gets the new facts."""
    records = _by_key(links)
    for each in evidence:
        record = _record(each)
        records[_key(record)] = {**_unknown(records.get(_key(record))), **record}
    return tuple(records.values())


def with_new(links: Sequence[Record], evidence: Iterable[Evidence]) -> tuple[Record, ...]:
    """Return links with the evidence that they lack; what was removed stays removed."""
    known = _by_key(links)
    new = [each for each in evidence if _key(_record(each)) not in known]
    return linked(links, new) if new else tuple(links)


def unlinked(links: Sequence[Record], evidence: Evidence) -> tuple[Record, ...]:
    """Return links without one; ``stamped`` makes a tombstone of it."""
    key = _key(_record(evidence))
    return tuple(record for record in links if _key(record) != key)


def stamped(before: Sequence[Record], after: Sequence[Record], moment: str) -> tuple[Record, ...]:
    """Return the links after a change, with its time.

    What is new or has changed gets the time, and what is gone becomes a tombstone.

    Args:
        before: The links before the change.
        after: The links after the change.
        moment: The time of the change: ISO 8601, UTC, with milliseconds.
    """
    earlier = _by_key(before)
    records: dict[bytes, Record] = {}
    for record in after:
        known = earlier.get(_key(record))
        is_same = known is not None and _facts(known) == _facts(record)
        records[_key(record)] = known if known is not None and is_same else _at(record, moment)
    for key, record in earlier.items():
        if key not in records:
            records[key] = record if _is_removed(record) else _tombstone(record, moment)
    return tuple(records.values())


def rebased(
    present: Sequence[Record], before: Sequence[Record], after: Sequence[Record]
) -> tuple[Record, ...]:
    """Return the present links with the change from ``before`` to ``after`` made to them.

    Undoing a link so keeps those that were added elsewhere meanwhile.
    """
    live_before, live_after = _live(before), _live(after)
    records = _by_key(present)
    for key in live_before.keys() - live_after.keys():
        records.pop(key, None)
    for key, record in live_after.items():
        known = live_before.get(key)
        if known is None or _facts(known) != _facts(record):
            records[key] = record
    return tuple(records.values())


def merged_links(first: Sequence[Record], second: Sequence[Record]) -> tuple[Record, ...]:
    """Return the links of two versions of an annotation: of each link the later state.

    At the same time a removal counts.
    """
    if first == second:
        return tuple(first)
    merged = _by_key((*first, *second)).values()
    return tuple(sorted(merged, key=lambda record: (_time(record), _key(record))))


def last_link_change(links: Iterable[Record]) -> str:
    """Return the latest time of all links; empty where none has a time."""
    return max(map(_time, links), default="")


def lookup_key(target: str) -> str:
    """Return the form of a target that all spellings of it share."""
    return canonical_address(target)


def _evidence(record: Record) -> Evidence | None:
    target = string_in(record, "target")
    relation, is_basis = _TERMS.get(string_in(record, "type").removeprefix("cito:"), (None, False))
    if relation is None or not target:
        return None
    return Evidence(
        relation,
        _kind(record, target),
        target,
        is_basis,
        *(string_in(record, name) for name in ("article", "title", "words", "seen")),
    )


def _kind(record: Record, target: str) -> TargetKind:
    """Return what a link leads to; links of the first version do not say."""
    try:
        return TargetKind(string_in(record, "kind"))
    except ValueError:
        return TargetKind.ADDRESS if is_web_address(target) else TargetKind.ANNOTATION


def _record(evidence: Evidence) -> Record:
    facts = {name: getattr(evidence, name) for name in ("article", "title", "words", "seen")}
    return {
        "type": evidence.term,
        "target": evidence.target,
        "kind": str(evidence.kind),
        **{name: value for name, value in facts.items() if value},
    }


_OWN_FIELDS: Final = frozenset(
    {"type", "target", "kind", "article", "title", "words", "seen", "time", "removed"}
)


def _unknown(record: Record | None) -> Record:
    """Return the fields that this version does not know."""
    return {name: value for name, value in (record or {}).items() if name not in _OWN_FIELDS}


def _facts(record: Record) -> Record:
    return {name: value for name, value in record.items() if name != "time"}


def _at(record: Record, moment: str) -> Record:
    return {
        **{name: value for name, value in record.items() if name != "removed"},
        "time": moment,
    }


def _tombstone(record: Record, moment: str) -> Record:
    return {**{name: record.get(name) for name in ("type", "target")}, "removed": moment}


def _by_key(links: Iterable[Record]) -> dict[bytes, Record]:
    """Return the latest state of each link."""
    records: dict[bytes, Record] = {}
    for record in links:
        key = _key(record)
        rival = records.get(key)
        records[key] = record if rival is None else max(rival, record, key=_rank)
    return records


def _live(links: Iterable[Record]) -> dict[bytes, Record]:
    return {key: record for key, record in _by_key(links).items() if not _is_removed(record)}


def _is_removed(record: Record) -> bool:
    return bool(record.get("removed"))


def _time(record: Record) -> str:
    return max(string_in(record, "time"), string_in(record, "removed"))


def _rank(record: Record) -> tuple[str, bool, bytes]:
    return _time(record), _is_removed(record), order_key(record)


def _key(record: Record) -> bytes:
    """Return what tells links apart: the term and the target, whatever these are."""
    return order_key([record.get("type"), record.get("target")])
