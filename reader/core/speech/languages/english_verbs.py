"""The forms of English verbs."""

from __future__ import annotations

_IRREGULAR = {
    verb: forms.split()
    for verb, forms in {
        "say": "says said saying",
        "tell": "tells told telling",
        "write": "writes wrote written writing",
        "think": "thinks thought thinking",
        "feel": "feels felt feeling",
        "read": "reads read reading",
        "speak": "speaks spoke spoken speaking",
        "shoot": "shoots shot shooting",
        "sing": "sings sang sung singing",
        "refer": "refers referred referring",
        "admit": "admits admitted admitting",
        "quip": "quips quipped quipping",
        "brag": "brags bragged bragging",
        "blog": "blogs blogged blogging",
        "slam": "slams slammed slamming",
        "label": "labels labeled labelled labeling labelling",
        "rip": "rips ripped ripping",
        "snap": "snaps snapped snapping",
        "plead": "pleads pleaded pled pleading",
        "dub": "dubs dubbed dubbing",
        "concur": "concurs concurred concurring",
    }.items()
}


def finite_and_participles(verbs: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the finite forms and the present participles of verbs given in their base form."""
    finite: set[str] = set()
    participles: set[str] = set()
    for verb in verbs.split():
        *others, participle = _IRREGULAR.get(verb) or _regular(verb)
        finite.update((verb, *others))
        participles.add(participle)
    return frozenset(finite), frozenset(participles)


def _regular(verb: str) -> list[str]:
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    hisses = verb[-1] in "sxzo" or verb.endswith(("sh", "ch"))
    return [verb + ("es" if hisses else "s"), f"{stem}ed", f"{stem}ing"]
