"""Make the sample articles that are no text files: ``python -m tests.make_samples FOLDER``.

The same bytes come out at every run, so that a test can tell whether a sample was changed by hand.
The people, places and figures are invented.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.formats import opendocument as odt
from tests.formats.books import book, nav
from tests.formats.pdfs import Setter, pdf
from tests.formats.word import docx, link, note, paragraph, run, table

CROSSING = """
<section epub:type="chapter" id="crossing">
<h1>The Crossing</h1>
<p>The ferry at Low Sarn ran on a chain, and had done so since before anybody wrote the times down.
It took nine minutes from bank to bank, eleven when the river was brown. Marit Oake knew both figures
because she had copied them, every evening for thirty-one years, into a ledger with a green
spine.<a epub:type="noteref" id="back1" href="notes.xhtml#note1">1</a></p>
<p>There were four columns: the hour, the passengers, the cattle, and a wide one on the right without
a heading. Her predecessor had left it blank. Marit used it for what people said.</p>
<blockquote><p>The hour is for the company, she told the boy who helped her. The rest is for
whoever wants to know what it was like.</p></blockquote>
<p>Most of it was weather. <em>Says it will turn. Says it will not.</em> But there was also the baker
who crossed on the second of every month with an empty basket, and came back with it empty, and the
surveyor who asked the depth of the river and wrote down a different number from the one she gave
him.</p>
<figure><img src="landing.jpg" alt=""/><figcaption>The landing at Low Sarn in the year of the high
water. The post on the left still has its marks.</figcaption></figure>
<p>She gave him four metres. He wrote three and a half. She watched him do it, and put both figures in
the wide column, side by side, with the date.</p>
</section>
"""

BRIDGE = """
<section epub:type="chapter" id="bridge">
<h1>The Bridge</h1>
<p>The bridge was announced in the spring. It would stand, the notice said, <q>on piers founded at a
depth of three and a half metres, as surveyed</q>. Marit read the notice twice and took it down from
the wall of the ferry house so that it should not get wet.</p>
<h2>What the engineers were told</h2>
<p>Two engineers came, and were civil. They asked about:</p>
<ol><li>the level of the river in each month,</li><li>the ice, which comes in two kinds:
<ul><li>sheet ice, that can be walked on,</li><li>pan ice, that cannot;</li></ul></li>
<li>what the chain was fixed to.</li></ol>
<p>She told them about the depth. The younger one wrote it in pencil. The older one said that the
survey was the survey.</p>
<h2>What the ledger said</h2>
<p>That winter she made a table of every sounding that she had ever taken with the long
pole,<a epub:type="noteref" id="back2" href="notes.xhtml#note2">2</a> and sent it to the county.</p>
<table><thead><tr><th>Year</th><th>Soundings</th><th>Mean depth</th></tr></thead>
<tbody><tr><td>the first</td><td>12</td><td>4.1 m</td></tr>
<tr><td>the fifteenth</td><td>24</td><td>4.0 m</td></tr>
<tr><td>the last</td><td>24</td><td>4.2 m</td></tr></tbody></table>
<p>The county thanked her. The letter is in the ledger still, folded at the page where she says, as
she had in <a href="crossing.xhtml">the first chapter of this business</a>, that both figures should be
kept.</p>
</section>
"""

AFTER = """
<section epub:type="chapter" id="after">
<p>The second pier moved in the third spring. Nobody was on it. It leaned by the width of a hand, and
the road was closed for a year and a half while new piles were driven, to four metres and a
quarter.</p>
<p>The inquiry sat for nine days. On the eighth somebody remembered that there was a ledger. It was
carried in by the boy who used to help her, who was by then a clerk of the court, and who knew which
page it was.</p>
<p>Marit was asked whether she had anything to add to what was written there. She said that she had
not; that she had thought of adding something on several occasions, but that the column was only so
wide.</p>
<hr/>
<p>The ferry runs on Sundays. The crossing takes nine minutes.</p>
</section>
"""

NOTES = """
<section epub:type="endnotes"><h1>Notes</h1>
<aside epub:type="footnote" id="note1"><p>1. The green ledger is the third of seven. The first two
had black spines and are lost. <a href="crossing.xhtml#back1">↩</a></p></aside>
<aside epub:type="footnote" id="note2"><p>2. A sounding is made by standing the pole on the bed of the
river and reading the wet length. She took them at the same post, at noon.
<a href="bridge.xhtml#back2">↩</a></p></aside></section>
"""

BOOK = """<dc:identifier id="id">urn:uuid:6f1c2b0e-5a3d-4a59-9a44-0b8f2f6d7c11</dc:identifier>
    <dc:title>The Ferrywoman’s Ledger</dc:title><dc:creator>Ismene Halloran</dc:creator>
    <dc:publisher>Sarn Landing Press</dc:publisher><dc:language>en-GB</dc:language>
    <dc:date>2026-02-01</dc:date><dc:rights>CC0 1.0</dc:rights>
    <meta property="dcterms:modified">2026-02-01T00:00:00Z</meta>"""


def ferry_book() -> bytes:
    """Return a short tale: chapters, one of them without a heading of its own, and notes."""
    return book(
        {
            "crossing.xhtml": CROSSING,
            "bridge.xhtml": BRIDGE,
            "after.xhtml": AFTER,
            "notes.xhtml": NOTES,
        },
        metadata=BOOK,
        navigation=nav(
            ("The Crossing", "crossing.xhtml"),
            ("The Bridge", "bridge.xhtml"),
            ("Afterwards", "after.xhtml"),
            ("Notes", "notes.xhtml"),
        ),
    )


ABSTRACT = (
    "Abstract. Readers write in margins, and later readers trust what they find there. We followed "
    "212 annotated library copies over six years and asked three questions: how many notes can "
    "still be read, how many still stand beside the passage they speak of, and who comes back."
)

PAPER = (
    (
        "1 Introduction",
        (
            "A note in a margin is a claim about a passage. It is of use for as long as three things "
            "hold: the note can be read, the passage can be found, and somebody cares. Much has been "
            "written on the first of these, since ink and paper are what conservators are trained in."
        ),
        (
            "The second has been left to luck. A new edition moves every page, and a note that says "
            "only 'see above' is then a note about nothing. Librarians at the Hallam Reading Room have "
            "known this for a long time, but nobody had counted."
        ),
        (
            "We counted. The present paper reports what we found, and makes a modest suggestion to "
            "people who design places where notes are kept."
        ),
    ),
    (
        "2 Material",
        (
            "The Hallam Reading Room lends working copies: books that readers may write in. At the time "
            "of our first visit there were 212 of them, with 9,418 notes in at least 340 hands. Each "
            "note was photographed, transcribed and given a number."
        ),
        (
            "We came back every autumn. In the third year the room replaced 61 copies by newer "
            "editions, and its volunteers carried the notes over by hand, which gave us an experiment "
            "that we would not have dared to ask for."
        ),
        (
            "Two well-known difficulties should be named. Pencil fades at a rate that depends on the "
            "window, and a transcriber's patience is not the same in the morning as after lunch. We "
            "measured the former and shared out the latter."
        ),
    ),
    (
        "3 Results",
        (
            "After six years 8,790 of the notes could still be read, or 93 per cent. The loss is small "
            "and is nearly all pencil. Of the notes that were carried over, however, only 71 per cent "
            "stood beside the passage that they had been written for."
        ),
        (
            "What decided it was not the length of the note but whether it quoted. Notes that repeated "
            "at least four words of their passage were placed rightly in 96 of 100 cases; notes that "
            "gave a page and a line, in 58; notes that gave nothing, in 44."
        ),
        (
            "The volunteers did not know that they were being compared, and were, as far as we could "
            "see, equally careful throughout. A note without a quotation simply does not say enough "
            "about itself to survive a move."
        ),
        (
            "Readers do come back. Of the 340 hands, 47 returned to a note of their own and added to "
            "it, after four years in the median case. Nine of them disagreed with themselves."
        ),
    ),
    (
        "4 Discussion",
        (
            "It is tempting to conclude that people should be taught to quote. We think it more "
            "sensible to conclude that the place where a note is kept should quote for them: it should "
            "record the words of the passage, a little of what stands before and behind it, and where "
            "it stood, without being asked."
        ),
        (
            "Where the passage cannot be found again, this should be said. In our material a note in "
            "the wrong place was believed by later readers in 31 of 38 cases that we could follow, and "
            "a note that was visibly lost was believed by nobody. The former is worse."
        ),
        (
            "Finally, nothing should be thrown away. Eleven notes that the volunteers could not place "
            "were kept in an envelope at the back of the volume. Seven of them were claimed by "
            "their writers, who knew at once where they belonged."
        ),
    ),
    (
        "5 Conclusion",
        (
            "Notes live as long as they can be put back where they belong. For this they need the words "
            "that they were written about, and a keeper that would rather admit a loss than guess."
        ),
    ),
)


def margins_paper() -> bytes:
    """Return a paper in two columns, with running heads and the pages' numbers."""
    setter = Setter(2, size=10.5, head="Journal of Invented Librarianship 12 (2026)")
    setter.across("What a Margin Remembers", 17, is_bold=True)
    setter.across("Pell Varga and Odile Brandt", 11)
    setter.across(ABSTRACT, 9)
    for heading, *paragraphs in PAPER:
        setter.heading(heading)
        for number, text in enumerate(paragraphs):
            setter.paragraph(text, is_indented=number > 0)
    info = {
        "Title": "What a Margin Remembers",
        "Author": "Pell Varga; Odile Brandt",
        "CreationDate": "D:20260114090000Z",
    }
    return pdf(setter.pages, info=info)


def minutes() -> bytes:
    """Return the minutes of a meeting as a word processor writes them."""
    body = (
        paragraph("Minutes of the Reading Room Committee", "Title")
        + paragraph(
            "Present: Odile Brandt (chair), Tomas Reyn, Ada Fell, and for the second matter "
            "the caretaker, Mr Low."
        )
        + paragraph("The lamps", "Heading1")
        + paragraph(
            run("The chair reported that eleven of the forty lamps had failed since ")
            + run("October", "<w:i/>")
            + run(", and that the supplier had stopped making them.")
            + note(1)
            + run(" It was ")
            + run("agreed", "<w:b/>")
            + run(" to buy new ones for the window tables first.")
        )
        + paragraph(
            "I have read by worse, and I have read by better, and I know which I remember.", "Quote"
        )
        + paragraph("Ada Fell asked for this remark of Mr Low’s to be minuted.")
        + paragraph("Notes in books", "Heading1")
        + paragraph(
            run("The committee discussed the ")
            + link("report on annotated copies")
            + run(" and resolved that:")
        )
        + paragraph("working copies may be written in, in pencil;", numbering="2")
        + paragraph("notes that cannot be placed in a new edition are kept with it;", numbering="2")
        + paragraph("nobody rubs out a note that is not their own,", numbering="2")
        + paragraph("not even a wrong one,", numbering="1", level=1)
        + paragraph("not even a rude one.", numbering="1", level=1)
        + paragraph("Figures for the quarter", "Heading2")
        + table(
            [
                ["Month", "Visitors", "Copies lent"],
                ["January", "412", "188"],
                ["February", "390", "203"],
                ["March", "455", "241"],
            ]
        )
        + paragraph("The next meeting is on the second Tuesday of May, lamps permitting.")
    )
    return docx(
        body,
        notes=["The last of them were made for a railway that has since closed."],
        title="Minutes of the Reading Room Committee",
        author="Tomas Reyn",
    )


def ruling() -> bytes:
    """Return the decision: findings that are numbered through, two kinds of notes."""
    go_on = ' text:continue-numbering="true"'
    first = [
        "The bell in the tower of the old exchange has been rung at noon since it was hung.",
        "The clock below it has been wrong since the great frost, and is looked at by everybody.",
        odt.paragraph("The parties agree on:")
        + odt.items(["the hour that the ringer keeps, and", "the hour that the clock shows."]),
    ]
    second = [
        "A bell is heard by those who cannot see a clock. That is what it is for.",
        "Nobody has ever set a clock by asking how many people already believe it.",
    ]
    body = (
        odt.paragraph("Decision in the matter of the noon bell", "Title")
        + odt.heading("What was found", 1)
        + odt.items(first, "L2")
        + odt.heading("What was considered", 1)
        + odt.paragraph(
            "The watchmakers asked for the bell to be rung when the clock says noon. Their letter "
            f"was read out{odt.note('1', 'It is kept with the papers, in a drawer that sticks.')}; "
            "it contains this sentence:"
        )
        + odt.paragraph("What is wrong for everyone at once is as good as right.", "P1")
        + odt.items(second, "L2", go_on)
        + odt.table(
            ["Noon by", "first day", "last day"],
            [["the bell", "12:00", "12:00"], ["the clock", "11:49", "11:48"]],
        )
        + odt.heading("What was decided", 1)
        + odt.items(
            ["The bell stays as it is.", "The clock is to be set by the bell."], "L2", go_on
        )
        + odt.paragraph(
            "Findings 2 and 5 were written by the third member, who has lived across from the "
            f"clock for {odt.span('nineteen', 'T1')} years{odt.note('i', 'And eleven minutes.', 'endnote')}."
        )
    )
    meta = (
        "<dc:title>Decision in the matter of the noon bell</dc:title>"
        "<meta:initial-creator>Oda Venn</meta:initial-creator><dc:language>en-GB</dc:language>"
        "<meta:creation-date>2026-02-11T12:00:00</meta:creation-date>"
    )
    return odt.odt(body, meta=meta)


SAMPLES = {
    "the-ferrywomans-ledger.epub": ferry_book,
    "what-a-margin-remembers.pdf": margins_paper,
    "minutes-of-the-reading-room.docx": minutes,
    "the-matter-of-the-noon-bell.odt": ruling,
}
"""What makes each of them."""


def main() -> None:
    """Write the samples into the folder that is named."""
    folder = Path(sys.argv[1])
    for name, make in SAMPLES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main()
