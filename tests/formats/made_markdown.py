"""Markdown as people and programs write it: made at random, the same for the same number."""

from __future__ import annotations

from random import Random

from tests.formats.made_pdfs import prose, sentence


def made_markdown(seed: int) -> bytes:
    """Return an article with front matter, all kinds of blocks, and HTML."""
    chance = Random(seed)
    parts = [_front_matter(chance)] if chance.random() < 0.6 else []
    title = sentence(chance).rstrip(".?!")
    parts.append(chance.choice((f"# {title}", f"{title}\n{'=' * 12}", f"# {title} #")))
    notes: list[str] = []
    parts += [_block(chance, notes) for _ in range(chance.randint(10, 20))]
    parts += [
        f"[^{name}]: {text}" for name, text in zip("abcdefghijklmnopqrst", notes, strict=False)
    ]
    parts.append("[wall]: https://example.org/wall 'The wall'")
    return ("\n\n".join(parts) + "\n").encode()


def _front_matter(chance: Random) -> str:
    fields = [
        chance.choice(("title: The wall", 'title: "The: wall"', "title: [a, b]", "title: 1911")),
        chance.choice(("author: Jane Doe", "authors: [Jane Doe, Ben Oake]", "author:\n  name: Jane Doe", "author:\n- Jane\n- Ben", "by: Jane")),
        chance.choice(("date: 2024-03-12", "date: 2024-03-12T10:00:00Z", "published: yesterday", "date: 20240312", "year: 2024")),
        chance.choice(("lang: en-GB", "language: de", "tags: [a, b]", "draft: true")),
    ]  # fmt: skip
    mark = chance.choice(("---", "---", "+++"))
    if mark == "+++":
        return '+++\ntitle = "The wall"\ndate = 2024-03-12\nauthors = ["Jane Doe"]\n+++'
    return f"---\n{chr(10).join(fields)}\n---"


def _inline(chance: Random) -> str:
    words = sentence(chance)
    return chance.choice((
        words, f"*{words}*", f"**{words}** and _more_", f"`x = {len(words)}` of it", f"~~{words}~~",
        f"[{words}](https://example.org/a 'T')", f"[{words}][wall]", f"<https://example.org/{len(words)}>",
        f"![{words[:20]}](x.png)", "a<br>b &amp; c \\* d <b>bold</b> <!-- gone --> e", f"{words}  \nnext line",
        f"https://example.org/wall_{len(words)} there", "H<sub>2</sub>O and x<sup>2</sup>",
    ))  # fmt: skip


def _block(chance: Random, notes: list[str]) -> str:
    match chance.choice("pppihlotqcfrnaxdk"):
        case "p":
            return f"{prose(chance, 3)} {_inline(chance)} {prose(chance, 2)}"
        case "i":
            return _inline(chance)
        case "h":
            return f"{'#' * chance.randint(2, 5)} {sentence(chance)[:40]}"
        case "l":
            sign = chance.choice("-*+")
            gap = chance.choice(("\n", "\n\n"))
            return gap.join(
                (
                    f"{sign} {_inline(chance)}",
                    f"{sign} {sentence(chance)}\n  {sign} inner {sentence(chance)}\n\n    more of it",
                    f"{sign} [x] done",
                    f"{sign} [ ] to do",
                )
            )
        case "o":
            start = chance.choice((1, 1, 4, 10))
            return (
                "\n".join(f"{start + n}. {sentence(chance)}" for n in range(3))
                + "\n\n   on and on\n\n   1. inner"
            )
        case "t":
            aligns = chance.choice(("|---|:-:|--:|", "| :-- | --- | --- |"))
            rows = "\n".join(
                f"| {sentence(chance)[:14]} | {n} | *x* \\| y |"
                for n in range(chance.randint(1, 3))
            )
            return f"| Year | Books | More |\n{aligns}\n{rows}"
        case "q":
            return f"> {prose(chance, 2)}\n>\n> > {sentence(chance)}\n>\n> - {sentence(chance)}"
        case "c":
            return chance.choice(
                (
                    "```python\ndef wall():\n    return 1\n```",
                    "    x = 1\n\n    y = 2",
                    "~~~\n\ttab\n~~~",
                )
            )
        case "f":
            return f"![{sentence(chance)[:24]}](wall.png 'A title')"
        case "r":
            return chance.choice(("---", "* * *", "___"))
        case "n":
            notes.append(
                f"{sentence(chance)}\n\n    {sentence(chance)}"
                if chance.random() < 0.5
                else sentence(chance)
            )
            return f"{sentence(chance)}[^{chr(96 + len(notes))}] {sentence(chance)}"
        case "a":
            return f"> [!NOTE]\n> {sentence(chance)}"
        case "x":
            return chance.choice(
                (
                    f"<div><p>{sentence(chance)}</p><ul><li>one</li></ul></div>",
                    f"<details><summary>More</summary>\n\n{sentence(chance)}\n\n</details>",
                    f"<img src='x.png' alt='{sentence(chance)[:12]}'>",
                )
            )
        case "d":
            return f"Term {sentence(chance)[:10]}\n: {sentence(chance)}\n: {sentence(chance)}"
    return f"{sentence(chance)}\\\n{sentence(chance)} :smile: $x^2$ ==marked=="
