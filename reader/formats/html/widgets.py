"""Recognises the widgets of a page: what stands in an article and is not of it.

Widgets are related links, teasers, share buttons, sign-up boxes, navigation, author cards, comments
and advertisements. They are recognised by their element, by the names that sites give them, by the
words that they begin with, and by their shape.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from reader.formats.plain.residue import is_residue, opens_links

LONGEST_LABEL = 80
"""The longest line that may be the label of a widget, in characters."""

_TAGS = frozenset(("nav", "dialog", "search", "form"))
_ROLES = frozenset(
    ("navigation", "search", "banner", "contentinfo", "dialog", "alertdialog", "menu", "toolbar")
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FIELDS = ("input", "form", "select", "textarea")
_SIGNS = frozenset(("checkbox", "radio", "hidden"))
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES = re.compile(
    r"(?<![a-z])(?:related|relacionad[ao]s?|recommend(?:ed|ations?|s)?|recirc\w*|newsletters?|"
    r"sign-?up|subscri(?:be|bers?|ption)|shar(?:e|es|ing)|share(?:bar|tools|daddy)|socials?|sns|"
    r"adverts?|advertis\w+|ads?|adslot|adbox|sponsor(?:ed|s)?|outbrain|taboola|disqus|"
    r"comments?(?:-?(?:list|area|section|form))?|breadcrumbs?|pagination|pager|"
    r"nav|navigation|navbar|menu|teasers?|trending|popular|ranking|"
    r"most-?(?:read|viewed|shared)|read-?(?:next|also)|also-?(?:read|like|see)|"
    r"more-?(?:from|on|stories|news|articles)|up-?next|next-?(?:up|article|story)|prev-?next|"
    r"cookies?|consent|login|donat(?:e|ion)|cta|toolbar|author-?(?:box|bio|card|info|profile)|"
    r"authors?|byline|bio|about-?(?:the-)?author|follow(?:-us)?|upsell|regwall|"
    r"captions?|credits?|legend|galler(?:y|ies)|gal|slideshow|carousel|lightbox|ratings?|promo-?small|"
    r"buttons?|btn|(?:post|entry|article)-?meta(?:data)?|post-?info|"
    r"keywords|hashtags|categories|post-?tags|tag-?(?:list|s)|tags|see-?also-?box)(?![a-z])"
)
_CERTAIN = re.compile(
    r"(?<![a-z])(?:related(?:-?(?:links?|stories|articles|posts|content))?|newsletters?|sign-?up|"
    r"ads?(?:-?(?:slot|box|break|banner|container|unit|wrapper))?|adverts?|advertisement|outbrain|"
    r"taboola|also-?read|read-?(?:also|next)|recirc\w*|share-?(?:bar|buttons|tools))(?![a-z-])"
)
_NAMES_BESIDE = re.compile(
    r"(?<![a-z])(?:sidebar|side-?bar|rail|widgets?|promos?|banner|masthead|topics?|print|"
    r"header|footer|cards?|list(?:ing)?s?|meta|panel)(?![a-z])"
)
_OPENINGS = re.compile(
    r"(?:read (?:more|also|next|now|on)|also read|see also|watch(?: now| also)?|more (?:from|on|"
    r"about|stories|news)|related(?: \w+){0,2}|recommended(?: \w+){0,3}|"
    r"you (?:might|may)(?: also)? (?:like|be interested).{0,20}|(?:what to )?read next|up next|"
    r"don['’]t miss|most (?:read|popular|viewed)|"
    r"trending(?: \w+){0,2}|editors?['’]s? picks?|further reading on \w+|in case you missed it|"
    r"about the authors?|tags?|filed under|topics?|categories|posted in|"
    r"les(?:en)? sie (?:auch|mehr|dazu)|mehr (?:zum thema|dazu|lesen)|auch interessant|"
    r"weitere (?:artikel|themen|nachrichten)|das könnte (?:sie|dich) auch interessieren|"
    r"[àa]? ?lire (?:aussi|également)|lire la suite|sur le même (?:sujet|thème)|voir aussi|"
    r"le[ae] también|lee más|leer más|te puede interesar|noticias relacionadas|"
    r"leggi anche|leggi di più|potrebbe interessarti.{0,10}|articoli correlati|"
    r"leia (?:também|mais)|veja também|saiba mais|lees (?:ook|meer|verder)|meer over|"
    r"czytaj (?:też|także|również)|zobacz (?:też|także|również)|читайте также|"
    r"läs (?:också|även|mer)|l[æe]s (?:også|mer|mere)|関連(?:記事|リンク)|あわせて読みたい|"
    r"相关(?:阅读|新闻|文章)|延伸阅读)",
    re.IGNORECASE,
)
_AFTER_LABEL = re.compile(r"\s*(?:[:：»›>|▸►–—-]|$)")
_SIGN_UP = re.compile(
    r"\b(?:sign(?:ing)? up|subscribe|newsletters?|your inbox|e-?mail address|abonnieren|"
    r"anmelden|abonnez-vous|inscrivez-vous|suscr[ií]bete|iscriviti|inscreva-se|"
    r"schrijf je in|boletín|mailing list)\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"(?:sign up|subscribe|get (?:our|the|all|more)|join (?:our|us|the \d)|want (?:more|to)|enjoy|"
    r"like what|never miss|stay (?:up|informed|on)|receive|enter your|follow us|"
    r"download (?:our|the)|"
    r"support (?:our|independent)|jetzt|abonnieren|melden sie|bestellen sie|abonnez|inscrivez|"
    r"recevez|suscr[ií]b|recibe|iscriviti|ricevi|inscreva|receba|schrijf|ontvang)",
    re.IGNORECASE,
)
_LONGEST_BOX = 400
_BEGINNINGS = frozenset(
    re.findall(
        "..",
        "a abalarbecaczdadoedenfifofugeinisjejolalelilälæmemonenoonporerisascsesistsutatetotrup"
        "vevowawewhyozo",
    )
)
"""The first two letters of all labels and calls above that begin with ASCII."""


def is_named_widget(element: Any, *, is_beside: bool = False) -> bool:
    """Return whether an element is a widget by its kind, its role or its names.

    Args:
        element: The element.
        is_beside: Whether it stands beside the text and not among its paragraphs: then a name such
            as ``sidebar`` counts too.
    """
    if element.tag in _TAGS or (element.get("role") or "").lower() in _ROLES:
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(name) > 1 and _names(name) > (0 if is_beside else 1)


@lru_cache(maxsize=4096)
def _names(name: str) -> int:
    """Return 2 if names are those of a widget, 1 if they are so beside an article, else 0."""
    parted = _CAMEL.sub("-", name[:500]).replace("_", "-").lower()
    if _NAMES.search(parted) is not None:
        return 2
    return int(_NAMES_BESIDE.search(parted) is not None)


def is_certain_widget(element: Any, letters: int) -> bool:
    """Return whether a short element has a name that only widgets have."""
    if letters > _LONGEST_BOX:
        return False
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(name) > 1 and _is_certain(name)


@lru_cache(maxsize=4096)
def _is_certain(name: str) -> bool:
    return _CERTAIN.search(_CAMEL.sub("-", name[:500]).replace("_", "-").lower()) is not None


def opens_widget(line: str) -> bool:
    """Return whether a whole line is the label of a widget, such as "Related stories"."""
    if len(line) > LONGEST_LABEL:
        return False
    label = _OPENINGS.match(line)
    return (
        (label is not None and _AFTER_LABEL.match(line, label.end()) is not None)
        or opens_links(line)
        or is_residue(line)
    )


def may_begin_widget(line: str) -> bool:
    """Return whether a line begins with the letters of a label or a call to sign up."""
    return not line[:1].isascii() or line[:2].lower() in _BEGINNINGS


def leads_elsewhere(line: str, linked: int) -> bool:
    """Return whether a line is a label and a link to another story: "Also read: ...".

    Args:
        line: The line.
        linked: The number of its letters that are in links.
    """
    label = _OPENINGS.match(line)
    if label is None or not linked:
        return False
    rest = len("".join(line[label.end() :].split()))
    if _AFTER_LABEL.match(line, label.end()) is not None:
        return linked * 2 > rest
    return linked * 10 >= 9 * rest


def is_sign_up(line: str) -> bool:
    """Return whether a paragraph only asks to subscribe, to register or to follow."""
    return len(line) <= _LONGEST_BOX and bool(_CALL.match(line) and _SIGN_UP.search(line))


def has_fields(element: Any) -> bool:
    """Return whether an element holds fields to fill in; the box of a task is none."""
    return any((one.get("type") or "").lower() not in _SIGNS for one in element.iter(*_FIELDS))


def is_form(element: Any, letters: int) -> bool:
    """Return whether a short element holds fields to fill in."""
    return letters <= _LONGEST_BOX and has_fields(element)


def is_sign_up_form(element: Any, letters: int) -> bool:
    """Return whether a short element asks for an address to send mail to."""
    if not is_form(element, letters):
        return False
    if _SIGN_UP.search("".join(element.itertext())) is not None:
        return True
    return any(
        "mail" in f"{one.get('type')} {one.get('name')}".lower() for one in element.iter("input")
    )


def is_teaser(element: Any, letters: int) -> bool:
    """Return whether a short element shows another story: a linked heading or a linked picture."""
    if letters > _LONGEST_BOX or element.tag in _HEADINGS or element.tag == "p":
        return False
    heading = next(element.iter(*_HEADINGS), None)
    if heading is not None and (
        _leads_away(heading.iter("a")) or _leads_away(heading.iterancestors("a"))
    ):
        return True
    return any(_leads_away(image.iterancestors("a")) for image in element.iter("img"))


def _leads_away(links: Any) -> bool:
    """Return whether the first of some links leads out of the page."""
    href = next((link.get("href") or "" for link in links), "")
    return bool(href) and not href.startswith("#")
