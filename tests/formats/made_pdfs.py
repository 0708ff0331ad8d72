"""Pages as different programs set them: made at random, the same for the same number."""

from __future__ import annotations

from random import Random

from tests.formats.pdfs import PAGE, Link, Picture, Piece, pdf, width, wrap

_NOUNS = (
    "harbour wall ledger ferry keeper tide council bridge survey winter signal market lantern "
    "establishment deliberation committee understanding well-known paper county water town"
).split()
_VERBS = "keeps writes measures leaves remembers mends counts asks crosses believes".split()
_LABELS = ("0<</S/r>>2<</S/D>>", "0<</S/D/St 41>>", "")


def sentence(chance: Random) -> str:
    """Return a sentence of a few words, sometimes with a number, a quotation or an abbreviation."""
    words = ["the"] if chance.random() < 0.5 else ["every"]
    for _ in range(chance.randint(2, 7)):
        words += [
            chance.choice(_NOUNS),
            chance.choice(_VERBS),
            chance.choice(("the", "a", "no", "its")),
        ]
    words.append(chance.choice(_NOUNS))
    extra = chance.random()
    if extra < 0.15:
        words.insert(3, str(chance.randint(2, 2030)))
    elif extra < 0.25:
        words.insert(2, "(cf. p. 7)")
    elif extra < 0.35:
        words[-1] = f"“{words[-1]}”"
    text = " ".join(words)
    return text[0].upper() + text[1:] + chance.choice("....?!")


def prose(chance: Random, most: int = 6) -> str:
    return " ".join(sentence(chance) for _ in range(chance.randint(2, most)))


class _Typesetter:
    """Sets an article in columns, in a manner of its own."""

    def __init__(self, seed: int) -> None:
        chance = self.chance = Random(seed)
        self.pages: list[list[Piece | Picture]] = []
        self.links: list[list[Link]] = []
        self.contents: list[tuple[str, int]] = []
        self.columns = chance.choice((1, 1, 2, 2, 2, 3))
        self.size = (
            chance.choice((7.0, 8.0, 9.0, 10.0)) if self.columns > 1 else chance.choice((9.0, 11.0))
        )
        self.leading = self.size * chance.choice((1.15, 1.25, 1.5))
        self.gap = chance.choice((12.0, 18.0, 26.0))
        self.indent = chance.choice((0.0, 8.0, 14.0))
        self.spacing = self.leading * (chance.choice((0.4, 0.8)) if not self.indent else 0.0)
        self.head = chance.choice(("", "The Journal of Tides", "J. Doe et al."))
        self.number = chance.choice(("foot", "head", "none", "of"))
        self.is_ragged = chance.random() < 0.3
        self.notes: list[str] = []
        self.new_page()

    @property
    def room(self) -> float:
        return (PAGE[0] - 80 - self.gap * (self.columns - 1)) / self.columns

    @property
    def x(self) -> float:
        return 40 + self.column * (self.room + self.gap)

    def new_page(self) -> None:
        self.pages.append([])
        self.links.append([])
        number = len(self.pages)
        if self.head and number > 1:
            side = 40.0 if number % 2 else PAGE[0] - 40 - width(self.head, 8)
            self.put(side, PAGE[1] - 30, 8, self.head)
        at = PAGE[0] / 2
        if self.number == "foot":
            self.put(at, 22, 8, str(number))
        elif self.number == "of":
            self.put(at, 22, 8, f"Page {number} of 9")
        elif self.number == "head" and number > 1:
            self.put(at, PAGE[1] - 30, 8, f"– {number} –")
        self.column, self.top, self.floor = 0, PAGE[1] - 58, 46.0
        self.y = self.top

    def put(self, x: float, y: float, size: float, text: str, *, is_bold: bool = False) -> None:
        self.pages[-1].append(Piece(x, y, size, text, is_bold))

    def line(self, text: str, size: float, *, indent: float = 0.0, is_bold: bool = False) -> None:
        if self.y < self.floor:
            self.end_column()
        self.put(self.x + indent, self.y, size, text, is_bold=is_bold)
        self.y -= self.leading * size / self.size

    def end_column(self) -> None:
        if self.column == 0 and self.notes:
            self.set_notes()
        self.column += 1
        self.y = self.top
        if self.column == self.columns:
            self.new_page()

    def set_notes(self) -> None:
        y = self.floor - 4
        for number, text in enumerate(self.notes, 1):
            self.put(40, y + 2, 5, str(number))
            self.put(44, y, 6.5, text)
            y -= 8
        self.notes.clear()

    def across(
        self, text: str, size: float, *, is_bold: bool = False, is_centred: bool = False
    ) -> None:
        for part in wrap(text, size, PAGE[0] - 80):
            x = (PAGE[0] - width(part, size)) / 2 if is_centred else 40
            self.put(x, self.y, size, part, is_bold=is_bold)
            self.y -= size * 1.3
        self.y -= 7
        self.top = self.y

    def heading(self, number: int, level: int) -> None:
        chance = self.chance
        text = f"{chance.choice(_NOUNS).title()} and {chance.choice(_NOUNS)}"
        manner = chance.choice(("bold", "large", "numbered", "capitals"))
        if manner == "numbered":
            text = f"{number}.{level} {text}" if level > 1 else f"{number} {text}"
        elif manner == "capitals":
            text = f"{'IVX'[number % 3]}. {text.upper()}"
        size = self.size * (1.3 if manner == "large" else 1.1 if level == 1 else 1.0)
        self.y -= self.leading * 0.6
        self.line(text, size, is_bold=manner != "large")
        self.y -= self.leading * 0.2
        if chance.random() < 0.5:
            self.contents.append((text, len(self.pages) - 1))

    def paragraph(
        self, text: str, *, left: float = 0.0, right: float = 0.0, size: float = 0.0
    ) -> None:
        size = size or self.size
        parts = list(wrap(text, size, self.room - left - right - 1, self.indent))
        for index, part in enumerate(parts):
            room = self.room - left - right - (0 if index else self.indent)
            indent = left + (0 if index else self.indent)
            if self.is_ragged or index == len(parts) - 1 or " " not in part:
                self.line(part, size, indent=indent)
            else:  # set to the full width, a word at a time
                self.justified(part, size, indent, room)
        self.y -= self.spacing

    def justified(self, text: str, size: float, indent: float, room: float) -> None:
        if self.y < self.floor:
            self.end_column()
        words = text.split()
        gap = (room - sum(width(word, size) for word in words)) / (len(words) - 1)
        x = self.x + indent
        for word in words:
            self.put(x, self.y, size, word)
            x += width(word, size) + gap
        self.y -= self.leading * size / self.size

    def items(self) -> None:
        signs = self.chance.choice(
            (("•",) * 4, ("1.", "2.", "3.", "4."), ("(a)", "(b)", "(c)", "(d)"), ("–",) * 4)
        )
        for sign in signs[: self.chance.randint(2, 4)]:
            for index, part in enumerate(wrap(sentence(self.chance), self.size, self.room - 14)):
                if not index:
                    if self.y < self.floor:
                        self.end_column()
                    self.put(self.x, self.y, self.size, sign)
                self.line(part, self.size, indent=14)
        self.y -= self.spacing

    def table(self) -> None:
        count = self.chance.randint(2, 4)
        step = self.room / count
        self.y -= self.leading * 0.5
        for row in range(self.chance.randint(3, 6)):
            if self.y < self.floor:
                self.end_column()
            for place in range(count):
                text = (
                    f"{self.chance.randint(1, 999)}"
                    if place and row
                    else self.chance.choice(_NOUNS)[:7]
                )
                right = self.x + (place + 1) * step - 6 - width(text, self.size)
                self.put(right if place else self.x, self.y, self.size, text, is_bold=not row)
            self.y -= self.leading
        self.line(
            f"Table 1. {sentence(self.chance)}"[: int(self.room / self.size * 1.8)], self.size - 1
        )
        self.y -= self.leading * 0.5

    def figure(self) -> None:
        height = 60.0
        if self.y - height < self.floor:
            self.end_column()
        self.pages[-1].append(Picture(self.x, self.y - height, self.x + self.room, self.y))
        self.y -= height + self.leading
        for part in wrap(f"Figure 2: {sentence(self.chance)}", self.size - 1, self.room):
            self.line(part, self.size - 1)
        self.y -= self.leading * 0.6

    def formula(self) -> None:
        self.y -= self.leading * 0.3
        if self.y < self.floor:
            self.end_column()
        x = self.x + self.room / 3
        self.put(x, self.y, self.size, "x")
        self.put(x + 5, self.y + self.size * 0.4, self.size * 0.6, "2")
        self.put(x + 10, self.y, self.size, "= 4 y")
        self.put(self.x + self.room - 14, self.y, self.size, "(1)")
        self.y -= self.leading * 1.3

    def drop_cap(self) -> None:
        size = self.leading * 2.2
        if self.y - self.leading < self.floor:
            self.end_column()
        text = prose(self.chance, 4)
        self.put(self.x, self.y - self.leading, size, text[0])
        cap = width(text[0], size) + 3
        parts = list(wrap(text[1:], self.size, self.room - cap))
        for part in parts[:2]:
            self.line(part, self.size, indent=cap)
        for part in wrap(" ".join(parts[2:]), self.size, self.room):
            self.line(part, self.size)
        self.y -= self.spacing

    def reference(self) -> None:
        text = f"[{self.chance.randint(1, 9)}] A. Keeper, {sentence(self.chance)} https://example.org/a/b-c"
        for index, part in enumerate(wrap(text, self.size - 1, self.room - 12)):
            self.line(part, self.size - 1, indent=12.0 if index else 0.0)

    def linked(self) -> None:
        text = "See the minutes of it"
        if self.y < self.floor:
            self.end_column()
        right = self.x + width(text, self.size)
        target: str | int = self.chance.choice(("https://example.org/minutes", 0))
        self.links[-1].append(Link(self.x, self.y - 2, right, self.y + self.size, target))
        self.line(text, self.size)


def made_pdf(seed: int) -> bytes:
    """Return a PDF of a few pages."""
    setter = _Typesetter(seed)
    chance = setter.chance
    title = f"On the {chance.choice(_NOUNS)} of a {chance.choice(_NOUNS)}"
    setter.across(
        title,
        chance.choice((14, 18, 22)),
        is_bold=chance.random() < 0.5,
        is_centred=chance.random() < 0.5,
    )
    if chance.random() < 0.6:
        setter.across("Ada Keeper, Ben Oake", 10, is_centred=True)
        setter.across(f"Abstract. {prose(chance)}", setter.size)
    for number in range(1, chance.randint(3, 5)):
        setter.heading(number, 1)
        for _ in range(chance.randint(3, 6)):
            _element(setter)
    if chance.random() < 0.7:
        setter.line("References", setter.size * 1.1, is_bold=True)
        for _ in range(4):
            setter.reference()
    if setter.notes:
        setter.set_notes()
    info = {"Title": title, "Author": "Ada Keeper"} if chance.random() < 0.5 else {}
    return pdf(
        setter.pages, info=info, contents=setter.contents, links=setter.links,
        labels=chance.choice(_LABELS),
    )  # fmt: skip


def _element(setter: _Typesetter) -> None:
    chance = setter.chance
    match chance.choice("pppppqihtfmdln"):
        case "p":
            setter.paragraph(prose(chance))
        case "q":
            setter.paragraph(prose(chance, 3), left=16, right=16, size=setter.size - 0.5)
        case "i":
            setter.items()
        case "h":
            setter.heading(2, 2)
            setter.paragraph(prose(chance))
        case "t":
            setter.table()
        case "f":
            setter.figure()
        case "m":
            setter.formula()
        case "d":
            setter.drop_cap()
        case "l":
            setter.linked()
        case "n":
            setter.notes.append(sentence(chance)[:70])
            setter.paragraph(prose(chance))
