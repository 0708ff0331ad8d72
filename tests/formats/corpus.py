"""Articles as people paste them, each with its expected blocks.

Their content is invented. In an expected line the sign before the text is the kind of block: ``#``
to ``###`` a heading, ``~`` residue, ``|`` verse (with ``/`` between its lines), ``*`` an item, ``>``
a quote, ``=`` a rule; a line without a sign is a paragraph.
"""

from __future__ import annotations

from textwrap import dedent
from typing import NamedTuple


class Sample(NamedTuple):
    """A text and its expected blocks."""

    name: str
    text: str
    expected: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""


SAMPLES = (
    Sample(
        "one paragraph a line, copied from a news site",
        """\
        Skip to content
        Business
        River town weighs the cost of a second bridge
        By Jane Doe and Omar van der Berg
        Published 12 March 2024
        3 hours ago
        Share this
        Image source, Getty Images
        The council of Hallow voted on Tuesday to study a second crossing, after a winter in which the old bridge was closed for 31 days.
        “We cannot go on like this,” said the mayor, Ada Finch. “People lose an hour a day.”
        Advertisement
        what the engineers found
        The report, seen by this paper, puts the price at £41m, a third more than was said in 2021. It was written by a firm from Leeds.
        Read more: The bridges that never were
        It will not be built before 2031.
        Who will pay?
        Two thirds would come from the county, the rest from a toll of £1.20 which the opposition calls a tax on work.
        Ms Finch has made her choice.
        Is that so?
        She said she would not stand again in the autumn, whatever the outcome of the vote may be in the end.
        Photograph: John Smith/Alamy
        ‘A disgrace’
        For shopkeepers on the north bank the delay is hard to bear, as their takings fell by a fifth since the closure.
        Sign up to our newsletter
        Related topics
        Bridges
        Hallow
        Comments (34)
        """,
        """\
        ~ Skip to content
        ~ Business
        # River town weighs the cost of a second bridge
        By Jane Doe and Omar van der Berg
        ~ Published 12 March 2024
        ~ 3 hours ago
        ~ Share this
        ~ Image source, Getty Images
        The council of Hallow voted on Tuesday to study a second crossing, after a winter in which the old bridge was closed for 31 days.
        “We cannot go on like this,” said the mayor, Ada Finch. “People lose an hour a day.”
        ~ Advertisement
        ## what the engineers found
        The report, seen by this paper, puts the price at £41m, a third more than was said in 2021. It was written by a firm from Leeds.
        ~ Read more: The bridges that never were
        It will not be built before 2031.
        ## Who will pay?
        Two thirds would come from the county, the rest from a toll of £1.20 which the opposition calls a tax on work.
        Ms Finch has made her choice.
        ## Is that so?
        She said she would not stand again in the autumn, whatever the outcome of the vote may be in the end.
        ~ Photograph: John Smith/Alamy
        ## ‘A disgrace’
        For shopkeepers on the north bank the delay is hard to bear, as their takings fell by a fifth since the closure.
        ~ Sign up to our newsletter
        ~ Related topics
        ~ Bridges
        ~ Hallow
        ~ Comments (34)
        """,
        "River town weighs the cost of a second bridge",
        ("Jane Doe", "Omar van der Berg"),
        "2024-03-12",
    ),
    Sample(
        "German news",
        """\
        Stadtrat beschließt zweite Brücke über die Werra
        Von Anna Berg
        12. März 2024
        Anzeige
        Der Stadtrat von Hallau hat am Dienstag beschlossen, eine zweite Brücke zu prüfen, nachdem die alte 31 Tage gesperrt war.
        Lesen Sie auch
        Die Brücken, die es nie gab
        Was die Ingenieure fanden
        Der Bericht, der dieser Zeitung vorliegt, nennt einen Preis von 41 Millionen Euro, ein Drittel mehr als vor drei Jahren.
        Foto: Jan Weber/dpa
        Wer soll das bezahlen?
        „So kann es nicht weitergehen“, sagte die Bürgermeisterin. „Die Leute verlieren jeden Tag eine Stunde.“
        Newsletter abonnieren
        """,
        """\
        # Stadtrat beschließt zweite Brücke über die Werra
        Von Anna Berg
        12. März 2024
        ~ Anzeige
        Der Stadtrat von Hallau hat am Dienstag beschlossen, eine zweite Brücke zu prüfen, nachdem die alte 31 Tage gesperrt war.
        ~ Lesen Sie auch
        ~ Die Brücken, die es nie gab
        ## Was die Ingenieure fanden
        Der Bericht, der dieser Zeitung vorliegt, nennt einen Preis von 41 Millionen Euro, ein Drittel mehr als vor drei Jahren.
        ~ Foto: Jan Weber/dpa
        ## Wer soll das bezahlen?
        „So kann es nicht weitergehen“, sagte die Bürgermeisterin. „Die Leute verlieren jeden Tag eine Stunde.“
        ~ Newsletter abonnieren
        """,
        "Stadtrat beschließt zweite Brücke über die Werra",
        ("Anna Berg",),
        "2024-03-12",
    ),
    Sample(
        "French news",
        """\
        Un second pont pour la ville de Hallou
        Par Jeanne Durand
        Publié le 12 mars 2024 à 10h00
        Le conseil municipal a voté mardi soir l’étude d’un second pont, après un hiver où l’ancien est resté fermé trente et un jours.
        À lire aussi : Les ponts qui n’ont jamais été
        ce que disent les ingénieurs
        — Nous ne pouvons pas continuer comme ça, a dit la maire devant les journalistes réunis dans la grande salle.
        Publicité
        Partager
        """,
        """\
        # Un second pont pour la ville de Hallou
        Par Jeanne Durand
        ~ Publié le 12 mars 2024 à 10h00
        Le conseil municipal a voté mardi soir l’étude d’un second pont, après un hiver où l’ancien est resté fermé trente et un jours.
        ~ À lire aussi : Les ponts qui n’ont jamais été
        ## ce que disent les ingénieurs
        — Nous ne pouvons pas continuer comme ça, a dit la maire devant les journalistes réunis dans la grande salle.
        ~ Publicité
        ~ Partager
        """,
        "Un second pont pour la ville de Hallou",
        ("Jeanne Durand",),
        "2024-03-12",
    ),
    Sample(
        "Spanish news",
        """\
        El ayuntamiento estudia un segundo puente
        Por Juan Pérez
        El pleno votó el martes estudiar un segundo puente, tras un invierno en el que el antiguo estuvo cerrado treinta y un días.
        Lea también: Los puentes que nunca fueron
        ¿Quién va a pagar?
        Dos tercios vendrían de la provincia, y el resto de un peaje que la oposición llama un impuesto al trabajo y a la gente.
        Foto: María López/EFE
        Compartir en Facebook
        """,
        """\
        # El ayuntamiento estudia un segundo puente
        Por Juan Pérez
        El pleno votó el martes estudiar un segundo puente, tras un invierno en el que el antiguo estuvo cerrado treinta y un días.
        ~ Lea también: Los puentes que nunca fueron
        ## ¿Quién va a pagar?
        Dos tercios vendrían de la provincia, y el resto de un peaje que la oposición llama un impuesto al trabajo y a la gente.
        ~ Foto: María López/EFE
        ~ Compartir en Facebook
        """,
        "El ayuntamiento estudia un segundo puente",
        ("Juan Pérez",),
    ),
    Sample(
        "short sentences are never residue",
        """\
        What he learned
        The old man had spent forty years in the counting-house, and he had learned there that nobody reads what is signed.
        Share this.
        Follow us.
        He said it twice, and then he said it again, to the clerk and to the window and to the rain that fell on the street.
        Advertising was his trade.
        Comments were not asked for.
        The newsletter came on Friday.
        We use cookies in this house, said the child, and the cookies were warm, and the milk was cold, and nobody was hungry.
        Read more than you speak.
        """,
        """\
        # What he learned
        The old man had spent forty years in the counting-house, and he had learned there that nobody reads what is signed.
        Share this.
        Follow us.
        He said it twice, and then he said it again, to the clerk and to the window and to the rain that fell on the street.
        Advertising was his trade.
        Comments were not asked for.
        The newsletter came on Friday.
        We use cookies in this house, said the child, and the cookies were warm, and the milk was cold, and nobody was hungry.
        Read more than you speak.
        """,
        "What he learned",
    ),
    Sample(
        "wrapped by hand, with chapters, verse, a list and notes",
        """\
        THE QUIET LEDGER

        By Ada Finch

        CHAPTER I

        It was in the spring of the year that the counting-house stood empty for
        the first time, and nobody in the street could say who had the key. The
        old clerk, who had kept the books for forty years, walked past the door--
        he always walked--and looked up at the window.

        "You are late," said the woman at the gate. "It is past nine, and the post
        has gone."

            The ledger is closed,
              the ink is dry,
            and nobody asks us
              the reason why.

        The things that were left in the room, so far as anybody could tell from
        the street:

        - a chair with three legs and a cushion that somebody had
          mended twice,
        - a lamp,
        - the ledger itself.

        He had come to the house in a year of war, and he left it in the spring of
        1914. That was before the others went; it was the year of the well-
        known flood, which took the lower street, the mill and two of the barges.

        > He wrote: the house is
        > yours, and the debt is mine.

        * * *

        Notes
        -----

        1. The first.
        2. The second, which is longer than
           the first.
        """,
        """\
        # THE QUIET LEDGER
        By Ada Finch
        ## CHAPTER I
        It was in the spring of the year that the counting-house stood empty for the first time, and nobody in the street could say who had the key. The old clerk, who had kept the books for forty years, walked past the door--he always walked--and looked up at the window.
        "You are late," said the woman at the gate. "It is past nine, and the post has gone."
        | The ledger is closed,/  the ink is dry,/and nobody asks us/  the reason why.
        The things that were left in the room, so far as anybody could tell from the street:
        * a chair with three legs and a cushion that somebody had mended twice,
        * a lamp,
        * the ledger itself.
        He had come to the house in a year of war, and he left it in the spring of 1914. That was before the others went; it was the year of the well-known flood, which took the lower street, the mill and two of the barges.
        > He wrote: the house is yours, and the debt is mine.
        = * * *
        ### Notes
        * The first.
        * The second, which is longer than the first.
        """,
        "THE QUIET LEDGER",
        ("Ada Finch",),
    ),
    Sample(
        "an interview, paragraphs parted by blank lines",
        """\
        ‘I never wanted to be a judge’

        Ada Finch talks about the bench, the press and her allotment.

        By Jane Doe

        You retired in the spring. What changed?

        Everything and nothing. I still wake at five, and I still read the papers in the same order, which my family finds very funny.

        Was there a case you regret?

        There was one. I will not name it, because the people in it are alive, and they have a right to be left alone by me.

        It was long ago.

        And now?

        Now I grow beans.
        """,
        """\
        # ‘I never wanted to be a judge’
        Ada Finch talks about the bench, the press and her allotment.
        By Jane Doe
        ## You retired in the spring. What changed?
        Everything and nothing. I still wake at five, and I still read the papers in the same order, which my family finds very funny.
        ## Was there a case you regret?
        There was one. I will not name it, because the people in it are alive, and they have a right to be left alone by me.
        It was long ago.
        ## And now?
        Now I grow beans.
        """,
        "‘I never wanted to be a judge’",
        ("Jane Doe",),
    ),
    Sample(
        "dialogue is no heading",
        """\
        The House at the End

        "Who is there?" she said.

        "You are late"

        “Only me”

        — Nobody

        He did not answer, and the rain went on falling on the roof of the house at the end of the long road as it had before.

        Nothing was left
        """,
        """\
        # The House at the End
        "Who is there?" she said.
        "You are late"
        “Only me”
        — Nobody
        He did not answer, and the rain went on falling on the roof of the house at the end of the long road as it had before.
        Nothing was left
        """,
        "The House at the End",
    ),
    Sample(
        "a run of short lines is no run of headings",
        """\
        The committee
        The members of the committee that was set up by the council in the spring, and that has met eleven times since, are these
        Ada Finch
        Omar Berg
        Jane Doe
        Li Bo
        They meet again on Thursday in the upper room of the library, where the public may listen but is not allowed to speak.
        """,
        """\
        # The committee
        The members of the committee that was set up by the council in the spring, and that has met eleven times since, are these
        Ada Finch
        Omar Berg
        Jane Doe
        Li Bo
        They meet again on Thursday in the upper room of the library, where the public may listen but is not allowed to speak.
        """,
        "The committee",
    ),
    Sample(
        "a numbered list of headings",
        """\
        Two things to know about the bridge
        The council votes next week, and not everybody in the town has read the four hundred pages of the report on the matter.
        1. The cost
        The cost has risen four times since the first plan, and it is not the last time, engineers say in private talks.
        2. The time
        The time is short, and winter comes before the contract is signed, as it did in each of the last three years.
        """,
        """\
        # Two things to know about the bridge
        The council votes next week, and not everybody in the town has read the four hundred pages of the report on the matter.
        ## 1. The cost
        The cost has risen four times since the first plan, and it is not the last time, engineers say in private talks.
        ## 2. The time
        The time is short, and winter comes before the contract is signed, as it did in each of the last three years.
        """,
        "Two things to know about the bridge",
    ),
    Sample(
        "a book whose paragraphs begin with spaces",
        """\
             It was a dark night, and the wind blew from the north over the
        fields. Nobody was out.
             "Come in," said the host, who stood at the door with a lamp in
        his hand, "and be quick about it."
             They went in.
             The fire was low, and the dog lay before it as if it had never
        been anywhere else.
        """,
        """\
        It was a dark night, and the wind blew from the north over the fields. Nobody was out.
        "Come in," said the host, who stood at the door with a lamp in his hand, "and be quick about it."
        They went in.
        The fire was low, and the dog lay before it as if it had never been anywhere else.
        """,
    ),
    Sample(
        "a poem",
        """\
        The Mill

        The wheel goes round
        the water falls
        and no one hears
        the miller's calls.

        He had no wife,
        he had no son,
        and when he died
        the mill was done.
        """,
        """\
        # The Mill
        | The wheel goes round/the water falls/and no one hears/the miller's calls.
        | He had no wife,/he had no son,/and when he died/the mill was done.
        """,
        "The Mill",
    ),
    Sample(
        "notes with commands and columns",
        """\
        Setup notes

        Run this:

            make install
            make test

        The values that it asks for:

        key      value
        alpha    1
        beta     22

        Done. It works, and you can see the result on the screen after some seconds, or after some minutes where the line is slow.
        """,
        """\
        # Setup notes
        Run this:
        | make install/make test
        The values that it asks for:
        | key      value/alpha    1/beta     22
        Done. It works, and you can see the result on the screen after some seconds, or after some minutes where the line is slow.
        """,
        "Setup notes",
    ),
    Sample(
        "underlined headings",
        """\
        ==============
        A Short Report
        ==============

        The first part
        ==============

        It says what was found, and by whom, and when; the rest is in the annex, where
        the tables are.

        Details
        -------
        There are none to speak of, but the form asks for them, and so here they are in
        a paragraph.

        The last part
        =============

        Nothing.
        """,
        """\
        # A Short Report
        ## The first part
        It says what was found, and by whom, and when; the rest is in the annex, where the tables are.
        ### Details
        There are none to speak of, but the form asks for them, and so here they are in a paragraph.
        ## The last part
        Nothing.
        """,
        "A Short Report",
    ),
    Sample(
        "Japanese, wrapped",
        """\
        第一章 春

        　　山の上に古い家があって、そこには誰も住んでいなかった。村の人は
        みなそれを知っていた。
        　　ある日、旅人が来た。
        """,
        """\
        # 第一章 春
        山の上に古い家があって、そこには誰も住んでいなかった。村の人はみなそれを知っていた。
        ある日、旅人が来た。
        """,
        "第一章 春",
    ),
    Sample(
        "a shopping list has no title",
        """\
        milk
        eggs
        bread
        butter
        flour
        """,
        "| milk/eggs/bread/butter/flour\n",
    ),
    Sample(
        "links to other articles, in the middle and at the end",
        """\
        The river that was measured twice
        The board measured the river in the spring and again in the autumn, and the two results were not the same, it was said.
        Related
        Old bills, new questions
        What the board says
        The board says that the river had changed, and that rivers do; it has asked a firm from Leeds to measure it a third time.
        Related
        The ledger that nobody read
        Why the county library wants your old bills
        Advertisement
        Copyright The Lower Paper. All rights reserved.
        Back to top
        """,
        """\
        # The river that was measured twice
        The board measured the river in the spring and again in the autumn, and the two results were not the same, it was said.
        ~ Related
        ~ Old bills, new questions
        ## What the board says
        The board says that the river had changed, and that rivers do; it has asked a firm from Leeds to measure it a third time.
        ~ Related
        ~ The ledger that nobody read
        ~ Why the county library wants your old bills
        ~ Advertisement
        ~ Copyright The Lower Paper. All rights reserved.
        ~ Back to top
        """,
        "The river that was measured twice",
    ),
    Sample(
        "a section above the title, counts, a caption, a dateline",
        """\
        World news
        Storm closes ports as officials warn of ‘worst in a decade’
        Omar Li and Jane Doe
        Mon 11 Mar 2024 10.02 GMT
        Last modified on Mon 11 Mar 2024 12.40 GMT
        Share
        34
        Ports along the coast were closed on Monday as winds of up to 90mph were recorded, and the weather service warned of worse.
        The worst-hit:
        • Hallow: 91mph
        • Netherby: 88mph
        View image in fullscreen
        Waves hit the harbour wall
        At 6.30am the first calls came in. “It was like a train”, said one resident. She declined to give her name.
        He disagreed
        and told the paper so in a letter that ran to eleven pages, of which this paper has printed two, and no more.
        """,
        """\
        ~ World news
        # Storm closes ports as officials warn of ‘worst in a decade’
        Omar Li and Jane Doe
        Mon 11 Mar 2024 10.02 GMT
        ~ Last modified on Mon 11 Mar 2024 12.40 GMT
        ~ Share
        34
        Ports along the coast were closed on Monday as winds of up to 90mph were recorded, and the weather service warned of worse.
        The worst-hit:
        * Hallow: 91mph
        * Netherby: 88mph
        ~ View image in fullscreen
        Waves hit the harbour wall
        At 6.30am the first calls came in. “It was like a train”, said one resident. She declined to give her name.
        He disagreed
        and told the paper so in a letter that ran to eleven pages, of which this paper has printed two, and no more.
        """,
        "Storm closes ports as officials warn of ‘worst in a decade’",
        published="2024-03-11",
    ),
    Sample(
        "wrapped, without a blank line between paragraphs",
        """\
        The first paragraph of a text that somebody wrapped at some seventy columns
        and that goes on for a few lines, until it ends.
        The second paragraph begins right here, without a blank line before it, and
        it goes on as well, for two lines.
        """,
        """\
        The first paragraph of a text that somebody wrapped at some seventy columns and that goes on for a few lines, until it ends.
        The second paragraph begins right here, without a blank line before it, and it goes on as well, for two lines.
        """,
    ),
    Sample(
        "a log is no article",
        """\
        2024-03-01 10:00:00 INFO started
        2024-03-01 10:00:01 INFO done
        2024-03-01 10:00:02 ERROR could not open the file, because it was not there, and nobody knows who took it, or when it went
        2024-03-01 10:00:03 INFO bye
        """,
        """\
        2024-03-01 10:00:00 INFO started
        2024-03-01 10:00:01 INFO done
        2024-03-01 10:00:02 ERROR could not open the file, because it was not there, and nobody knows who took it, or when it went
        2024-03-01 10:00:03 INFO bye
        """,
    ),
    Sample(
        "a letter",
        """\
        Dear Ms Finch,

        Yes, I saw the report, and I agree with most of what it says on the bridge,
        though not with the price, nor with the date that is given for its opening.

        > Who is to pay?
        >> Not us.

        Nobody knows, and the council least of all; but the question is a good one
        and should be put.

        Yours,
        Omar Berg
        """,
        """\
        Dear Ms Finch,
        Yes, I saw the report, and I agree with most of what it says on the bridge, though not with the price, nor with the date that is given for its opening.
        > Who is to pay?
        > Not us.
        Nobody knows, and the council least of all; but the question is a good one and should be put.
        | Yours,/Omar Berg
        """,
    ),
)


def text_of(sample: Sample) -> str:
    """Return the sample's text without the indentation of this file."""
    return dedent(sample.text)
