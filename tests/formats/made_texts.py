"""Texts, mails and documents of word processors: made at random, the same for the same number."""

from __future__ import annotations

from email.message import EmailMessage
from random import Random
from textwrap import fill

from tests.formats import opendocument, word
from tests.formats.made_pdfs import prose, sentence
from tests.formats.test_rtf import rtf


def made_text(seed: int) -> bytes:
    """Return a text as people paste it: wrapped or a paragraph a line, with what is around it."""
    chance = Random(seed)
    is_wrapped, indent = chance.random() < 0.5, chance.choice(("", "", "  ", "\t"))
    column = chance.choice((55, 65, 72, 78))
    units: list[str] = []

    def add(text: str, *, lead: str = "") -> None:
        if is_wrapped:
            text = fill(
                text, column, initial_indent=lead or indent, subsequent_indent=" " * len(lead)
            )
        units.append(text if is_wrapped else f"{lead}{text}")

    title = sentence(chance).rstrip(".?!")
    units.append(title.upper() if chance.random() < 0.3 else title)
    if chance.random() < 0.3:
        units[-1] += "\n" + chance.choice("=-") * len(title)
    if chance.random() < 0.5:
        units.append(
            chance.choice(("By Jane Doe", "Jane Doe and Ben Oake", "by J. R. Keeper, Tidewick"))
        )
        units.append(
            chance.choice(("12 March 2024", "Published March 12, 2024", "2024-03-12T10:00:00Z"))
        )
    for _ in range(chance.randint(6, 14)):
        match chance.choice("pppppqivhrsc"):
            case "p":
                add(prose(chance))
            case "q":
                mark = chance.choice(("> ", ">", "    "))
                units.append(
                    "\n".join(mark + line for line in fill(prose(chance, 3), 60).split("\n"))
                )
            case "i":
                signs = chance.choice(
                    (
                        ("- ",) * 3,
                        ("* ",) * 3,
                        ("1. ", "2. ", "3. "),
                        ("a) ", "b) ", "c) "),
                        ("• ",) * 3,
                    )
                )
                for sign in signs:
                    add(sentence(chance), lead=sign)
                units[-3:] = [("\n" if chance.random() < 0.7 else "\n\n").join(units[-3:])]
            case "v":
                lines = [sentence(chance)[:34].rstrip() + "," for _ in range(4)]
                units.append("\n".join(f"    {line}" for line in lines))
            case "h":
                words = sentence(chance).rstrip(".?!")[:40]
                units.append(
                    chance.choice(
                        (
                            words,
                            words.upper(),
                            f"II. {words}",
                            f"{words}:",
                            f"CHAPTER III\n\n{words}",
                        )
                    )
                )
            case "r":
                units.append(chance.choice(("* * *", "-----", "***", "—", "§")))
            case "s":
                units.append(chance.choice((
                    "Advertisement", "Share this article", "Read more: The bridge that never was",
                    "Photograph: Jane Doe/Getty Images", "Sign up for our newsletter", "Related", "3 comments",
                )))  # fmt: skip
            case "c":
                units.append("\n".join(f"    total[{n}] = wall({n})" for n in range(3)))
    if chance.random() < 0.4:
        units += ["Related topics", "Bridges", "Comments (34)", "© 2024 The Tidewick Times"]
    gap = "\n\n" if is_wrapped or chance.random() < 0.5 else "\n"
    return (gap.join(units) + "\n").encode()


def made_mail(seed: int) -> bytes:
    """Return a message: plain or with HTML, quoted, signed, forwarded, with files."""
    chance = Random(seed)
    mail = EmailMessage()
    mail["From"] = chance.choice(
        ("Ada Öne <ada@example.org>", "ben@example.org", '"Oake, Ben" <b@example.org>')
    )
    mail["To"] = "Ben <ben@example.org>, ada@example.org"
    if chance.random() < 0.4:
        mail["Cc"] = "The Office <office@example.org>"
    mail["Subject"] = chance.choice(
        ("Re: the ledger", "Das Tagebuch – gefunden", "", "[tides] Minutes of May")
    )
    mail["Date"] = "Tue, 05 Mar 2024 10:11:12 +0100"
    mail["Message-ID"] = f"<{seed}@example.org>"
    parts = [prose(chance) for _ in range(3)]
    column = chance.choice((60, 72, 500))
    quoted = "\n".join(f"> {line}" for line in fill(prose(chance), column).split("\n"))
    deeper = "\n".join(f"> > {line}" for line in fill(prose(chance, 3), column).split("\n"))
    attribution = "On 4 March 2024 at 9:00, Ben Oake <ben@example.org> wrote:"
    forwarded = f"-------- Forwarded Message --------\nSubject: Tides\nFrom: Ben <b@example.org>\n\n{prose(chance)}"
    body = "\n\n".join([
        "Dear Ben,", *(fill(part, column) for part in parts),
        *chance.choice(([], [f"{attribution}\n{quoted}"], [quoted, deeper], [forwarded])),
        "- one\n- two, which is longer", "Yours,\nAda",
    ])  # fmt: skip
    foot = chance.choice(
        (
            "",
            "\n-- \nAda Öne\nHarbour Office\n",
            "\n_____\ntides mailing list\nhttps://example.org/list\n",
        )
    )
    if chance.random() < 0.3:
        flowed = "\n".join(
            line + " " if line and not line.startswith(">") else line for line in body.split("\n")
        )
        mail.set_content(flowed + foot, params={"format": "flowed"})
    else:
        mail.set_content(body + foot, charset=chance.choice(("utf-8", "utf-8", "windows-1252")))
    if chance.random() < 0.4:
        rows = "".join(f"<tr><td>{sentence(chance)[:20]}</td><td>{n}</td></tr>" for n in range(3))
        page = f"<html><body><p>{'</p><p>'.join(parts)}</p><table>{rows}</table><blockquote type=cite><p>{prose(chance)}</p></blockquote></body></html>"
        mail.add_alternative(page * chance.choice((1, 3)), subtype="html")
    if chance.random() < 0.4:
        mail.add_attachment(
            b"x", maintype="application", subtype="pdf", filename="Protokoll – Mai.pdf"
        )
    if chance.random() < 0.3:
        inner = EmailMessage()
        inner["From"], inner["Subject"] = "carl@example.org", "An older one"
        inner.set_content(prose(chance))
        mail.add_attachment(inner)
    data = mail.as_bytes()
    return (
        b"From MAILER Tue Mar  5 10:11:12 2024\n" + data + b"\n" if chance.random() < 0.2 else data
    )


def made_docx(seed: int) -> bytes:
    """Return a DOCX: headings, nested lists, notes, tables and the look of words."""
    chance = Random(seed)
    body = [word.paragraph(sentence(chance).rstrip(".?!"), "Title")]
    notes: list[str] = []
    for _ in range(chance.randint(8, 16)):
        match chance.choice("pppbhqltnck"):
            case "p":
                body.append(word.paragraph(prose(chance)))
            case "b":
                look = chance.choice(
                    (
                        "<w:b/>",
                        "<w:i/>",
                        "<w:strike/>",
                        '<w:vertAlign w:val="superscript"/>',
                        "<w:vanish/>",
                    )
                )
                body.append(
                    f"<w:p>{word.run(sentence(chance) + ' ')}{word.run(sentence(chance), look)}{word.run(' ' + sentence(chance))}</w:p>"
                )
            case "h":
                body.append(
                    word.paragraph(sentence(chance)[:40], chance.choice(("Heading1", "Heading2")))
                )
            case "q":
                body += [word.paragraph(prose(chance, 3), "Quote")] * chance.randint(1, 2)
            case "l":
                number = chance.choice("12")
                for _ in range(chance.randint(2, 5)):
                    body.append(
                        word.paragraph(
                            sentence(chance), numbering=number, level=chance.choice((0, 0, 1, 2))
                        )
                    )
            case "t":
                count = chance.randint(1, 4)
                body.append(
                    word.table(
                        [
                            [sentence(chance)[:12] for _ in range(count)]
                            for _ in range(chance.randint(1, 4))
                        ]
                    )
                )
            case "n":
                notes.append(sentence(chance))
                body.append(
                    f"<w:p>{word.run(sentence(chance))}{word.note(len(notes))}{word.run(' ' + sentence(chance))}</w:p>"
                )
            case "c":
                body += [word.paragraph(f"x = {n}", "Code") for n in range(chance.randint(1, 3))]
            case "k":
                body.append(
                    f"<w:p>{word.run('See ')}{word.link('the minutes')}{word.run('.')}</w:p>"
                )
    return word.docx(
        "".join(body), notes=notes, title="Minutes" if seed % 2 else "", author="Ada Keeper"
    )


def made_odt(seed: int) -> bytes:
    """Return an ODT as the DOCX of the same number."""
    chance = Random(seed)
    body = [opendocument.paragraph(sentence(chance).rstrip(".?!"), "Title")]
    for number in range(chance.randint(8, 16)):
        match chance.choice("pppbhqltncx"):
            case "p":
                body.append(opendocument.paragraph(prose(chance)))
            case "b":
                style = chance.choice(("T1", "T2", "T3", "Emphasis"))
                body.append(
                    opendocument.paragraph(
                        f"{sentence(chance)} {opendocument.span(sentence(chance), style)} {sentence(chance)}"
                    )
                )
            case "h":
                body.append(opendocument.heading(sentence(chance)[:40], chance.randint(1, 3)))
            case "q":
                body += [opendocument.paragraph(prose(chance, 3), "P1")] * chance.randint(1, 2)
            case "l":
                inner = opendocument.items([sentence(chance)[:30] for _ in range(2)])
                texts = [
                    sentence(chance),
                    opendocument.paragraph(sentence(chance)) + inner,
                    sentence(chance),
                ]
                body.append(
                    opendocument.items(
                        texts,
                        chance.choice(("L1", "L2")),
                        chance.choice(("", ' text:continue-numbering="true"')),
                    )
                )
            case "t":
                count = chance.randint(1, 4)
                body.append(
                    opendocument.table(
                        [sentence(chance)[:9] for _ in range(count)],
                        [
                            [sentence(chance)[:12] for _ in range(count)]
                            for _ in range(chance.randint(1, 3))
                        ],
                    )
                )
            case "n":
                body.append(
                    opendocument.paragraph(
                        sentence(chance)
                        + opendocument.note(
                            str(number), sentence(chance), chance.choice(("footnote", "endnote"))
                        )
                        + " "
                        + sentence(chance)
                    )
                )
            case "c":
                body += [
                    opendocument.paragraph(f"x<text:s text:c='{n}'/>= {n}", "P2")
                    for n in range(chance.randint(1, 3))
                ]
            case "x":
                body.append(
                    opendocument.paragraph(
                        opendocument.picture(sentence(chance))
                        if number % 2
                        else "<text:tab/>a<text:line-break/>b"
                    )
                )
    return opendocument.odt("".join(body))


def made_rtf(seed: int) -> bytes:
    """Return an RTF with the same kinds of parts."""
    chance = Random(seed)
    body: list[str] = []
    for _ in range(chance.randint(8, 16)):
        match chance.choice("pppbhqltnckx"):
            case "p":
                body.append(rf"\pard\plain {prose(chance)}\par")
            case "b":
                look = chance.choice((r"\b", r"\i", r"\strike", r"\super", r"\sub", r"\v"))
                body.append(
                    rf"\pard\plain {sentence(chance)} {{{look} {sentence(chance)}}} {sentence(chance)}\par"
                )
            case "h":
                level = chance.choice((r"\s1", r"\outlinelevel1", r"\outlinelevel2"))
                body.append(rf"\pard\plain{level} {sentence(chance)[:40]}\par")
            case "q":
                body.append(rf"\pard\plain\s4 {prose(chance, 3)}\par" * chance.randint(1, 2))
            case "l":
                body += [
                    rf"\pard\plain\ls2\ilvl{chance.choice((0, 0, 1))} {sentence(chance)}\par"
                    for _ in range(chance.randint(2, 4))
                ]
            case "t":
                count = chance.randint(1, 4)
                edges = "".join(rf"\cellx{1000 * (n + 1)}" for n in range(count))
                for row in range(chance.randint(1, 4)):
                    head = r"\trhdr" if not row else ""
                    body.append(
                        rf"\trowd{head}{edges}\pard\intbl "
                        + r"\cell ".join(sentence(chance)[:12] for _ in range(count))
                        + r"\cell\row"
                    )
            case "n":
                kind = chance.choice(("", r"\ftnalt"))
                body.append(
                    rf"\pard\plain {sentence(chance)}{{\super\chftn}}{{\footnote{kind}\pard\plain {sentence(chance)}}} {sentence(chance)}\par"
                )
            case "c":
                body.append(
                    "".join(rf"\pard\plain\s5 x = {n}\par" for n in range(chance.randint(1, 3)))
                )
            case "k":
                body.append(
                    r'\pard\plain See {\field{\*\fldinst{HYPERLINK "https://example.org/x"}}{\fldrslt the minutes}}.\par'
                )
            case "x":
                body.append(
                    r"\pard\plain a\tab b\line c \'e9\u8364?\endash\emdash\lquote d\rquote\~e\_f\par"
                )
    quotes = {"“": r"\ldblquote ", "”": r"\rdblquote "}
    return rtf("".join(quotes.get(character, character) for character in "".join(body)))
