"""Sentences of a corpus of news in several languages, and properties of any text."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.sentences import find_sentences
from tests.core import strategies

# One case a line; ¦ is between two sentences.
ENGLISH = """\
The senator arrived late. ¦The vote was over.
The U.S. Senate voted on Tuesday. ¦It passed.
He lives in the U.S. ¦He works in the U.K. ¦They met there.
U.S. President Joe Biden met U.N. Secretary-General António Guterres. ¦They talked.
The talks moved to the U.S. in May. ¦Nobody knew why.
Mr. Smith met Mrs. Jones and Ms. Lee. ¦They left.
Dr. Anna Kohl of St. Mary’s Hospital disagreed. ¦Prof. Lee did not.
Gen. Mark Milley, Sen. John McCain and Gov. Gavin Newsom spoke. ¦Rep. Ilhan Omar listened.
Inflation rose to 3.5 percent in March. ¦It was 3.2 percent in February.
Sales hit $4.2bn, up from $3.9bn. ¦Shares fell 1.5%.
It ended at 5 p.m. ¦Then they left.
It ended at 5 p.m. on Monday. ¦They left.
Polls close at 8 p.m. Eastern time. ¦Results follow at 11 p.m. ET.
The bomb fell at 6:30 a.m. Tuesday. ¦Nobody was hurt.
No. 5 on the list was a surprise. ¦No. 6 was not.
Did he lie? ¦No. ¦He was mistaken.
He said no. ¦She said yes.
“I am done.” ¦She left.
“I am done,” she said. ¦She left.
“Why?” he asked. ¦“I don’t know.”
He said "Yes." ¦Then he left.
"Why?" he asked. ¦"I don't know."
"It is over." ¦"It is not."
“What?!” he cried. ¦“No!”
She said, “Go.” ¦He went.
She shouted “Stop!” and ran. ¦He did not stop.
He called it “a win for the U.S.” ¦The market disagreed.
‘It is over.’ ¦He shrugged.
“We lost. ¦We will be back. ¦Nobody doubts it,” he said. ¦Few agreed.
He said: “It is over. ¦We lost.” ¦Then he sat down.
(He was right.) ¦She knew it.
He was right (more or less). ¦She knew it.
The company (formerly Acme Inc.) filed for bankruptcy. ¦Its shares fell.
Apple Inc. said so on Monday. ¦Apple Inc. ¦The firm did not comment.
Apple Inc. CEO Tim Cook agreed. ¦Goldman Sachs & Co. did not.
He worked for Smith & Co. ¦It failed in 1929.
J. K. Rowling and George W. Bush met. ¦J.R.R. Tolkien did not.
He was born in Washington, D.C. ¦She was born in Boston, Mass. ¦They met in L.A. ¦It was hot.
Washington, D.C. Mayor Muriel Bowser spoke. ¦Few listened.
Martin Luther King Jr. spoke first. ¦Robert Downey Jr. ¦He followed.
It was Jan. 6. ¦Then came Feb. 3, 2022. ¦By Dec. 31 it was over.
Wait... what? ¦Yes… no. ¦Well… ¦Then it ended.
He hesitated … and then he spoke. ¦She waited.
It went on and on... ¦Nobody cared.
He waited. . . . ¦Then he left.
She has a Ph.D. in physics. ¦He has an M.D. and an M.B.A. ¦They teach.
Visit example.com for more. ¦Or write to a.b@example.com. ¦We read it.
They sell fruit, e.g. apples, i.e. the round ones. ¦That is all.
Brown v. Board of Education was decided in 1954. ¦It changed much.
Brown vs. Green was close. ¦Green won.
He lives on Main St. ¦She lives on Fifth Ave. near the park. ¦They never met.
See Fig. 3 and p. 12. ¦Vol. 2 has more.
Smith et al. found no effect. ¦Others did.
That was in 2020. ¦In 2021 it rose.
The final score was 3-2. ¦5,000 people watched.
Really? ¦Yes! ¦Absolutely.
He bought an iPhone. ¦iPhones are dear.
Is this vitamin C? ¦It is. ¦Vitamin C. ¦It helps.
It rose again.[3] ¦It fell later.[4][5] ¦Then it stopped.
The law passed 51-49 .... ¦The House was next.
Lt. Col. James Brown and Capt. Lee died. ¦Maj. Gen. Ray Odierno did not.
The firm owes $3 million. ¦“That’s a lot,” said Mr. Lee. ¦It is.
“He told me, ‘I quit.’ ¦Then he left,” she said.
Who are ‘they’? ¦They are us.
The U.S.-led coalition won. ¦The U.S.’s role was small.
He ran 26.2 miles in 2 hrs. and 5 min. without a stop. ¦He won.
At 9 a.m. she rose. ¦At 10 a.m. he slept.
1. Wash the rice. ¦2. Boil it.
So do I. ¦Nobody else does.
By JANE DOE, Associated Press. ¦WASHINGTON (AP) — The House voted. ¦It passed.
What happened on Oct. 7? ¦Nobody agrees.
It rose again.¹ ¦It fell.[note 2] ¦Then it stopped.[citation needed] ¦Nobody knew.*
“It is over.” [3] ¦He left. [a] ¦She came. [citation needed] End.
It ended. [3, 4] ¦Was it? [2] ¦It fell! [3] [4] ¦Then “up.” [note 5] ¦Next. [6]
He left. ¦[A] man came. ¦[He stayed.] ¦In the U.S. [4] ¦He was ill.
Sen. Lindsey Graham (R-S.C.) Thursday called it off. ¦(He had no choice.) ¦Others agreed.
U.S. First Lady Jill Biden spoke. ¦So did New York, N.Y. Mayor Eric Adams.
i went home. ¦it was late.
The S&P 500 fell 1.2%. ¦The Dow rose 0.4%. ¦Why?
Dwayne Johnson, a.k.a. The Rock, came. ¦Samuel L. Jackson and George H.W. Bush did not.
Yahoo! said so. ¦Few cared.
At 7 a.m. Ms. Roe opened the gate. ¦She closed it at 9 P.M. ¦Mr. Orr had the key.
“At about 7:30 p.m. Dr. Lee rang,” he said. ¦By 8 p.m. ¦Nobody had come.
On Monday, 5 May, at 6 a.m. Mr. Orr arrived. ¦In the morning at 7 a.m. Ms. Roe left.
On Jan. 5, at 6 p.m. Dr. Lee rang. ¦He had rung on Monday at 6 p.m. ¦Ms. Roe had answered.
In 44 B.C. Caesar was killed. ¦The temple fell in 79 A.D. ¦Pompeii was lost in 79 C.E. ¦Few fled.
The town was founded in 753 B.C. ¦Rome grew. ¦It fell in A.D. 476.
‘We lost. ¦Marrowby paid. ¦Nobody doubts it,’ she said. ¦Few agreed.
'We lost. ¦Marrowby paid.' ¦Few agreed. ¦'Why?' he asked.
The '90s ended. ¦Marrowby's clerks' wages rose. ¦Courts' rulings did not.
That is the juniors' book. ¦Marrowby paid. ¦Is it? ¦Courts' rulings differ.
Nobody knew it but you and I. ¦Did anyone ask Walter I. Orr about it?
“The meters [...] were never read” (Orr 12). ¦She “signed [...]” (p. 3), he says.
“The meters were never read.” (Orr, p. 12). ¦“Nobody asked.” ¦(He was right.) ¦She left.
It was not . . . I mean, nobody asked. ¦He waited. . . . ¦I left.
1) Flour ¦2) Two eggs ¦3) A pinch of salt
1.) Weigh the flour. ¦2.) Beat the eggs. ¦3.) Wait.
1. Weigh the flour ¦2. Beat the eggs ¦3. Wait
1.) Weigh the flour. ¦It must be dry.
(a) Weigh it. ¦(b) Sift it. ¦(c) Wait.
(i) Weigh it. ¦(ii) Sift it. ¦(iii) Wait.
i) weigh it ¦ii) sift it ¦iii) wait
• 7. Weigh it ¦• 8. Sift it ¦• 9. Wait
⁃7. Weigh it ¦⁃8. Sift it
a. weigh it ¦b. sift it ¦c. wait
(a) that it is dry; (b) that it is sifted; and (c) that nobody has touched it.
1. flour, 2. eggs, 3. salt and 4. pepper. ¦That is all.
A. Smith met B. Jones. ¦C. Orr did not.
The year was good.¦I was there.
The end"""

GERMAN = """\
Das ist z. B. gut. ¦Am 3. Oktober 1990 war Dr. Kohl da. ¦Ja.
„Ich gehe.“ ¦Er ging.
„Warum?“, fragte er. ¦Sie schwieg.
Die USA zahlten 3,5 Mio. Euro. ¦Das war viel.
Prof. Dr. Müller sprach u. a. über den 2. Weltkrieg. ¦Danach war Schluss.
Das kostet ca. 20 Euro. ¦Es lohnt sich.
Das steht auf Seite 14. ¦Dort fehlt es. ¦Am 14. Mai war Schluss.
1. Mai und 2. Mai sind frei. ¦Danach nicht.
1. Mehl wiegen. ¦2. Eier schlagen.
»Nein!« ¦»Doch!« ¦Er lachte."""

FRENCH = """\
M. Dupont est là. ¦Mme. Durand aussi.
« Oui. » ¦Il part.
« Oui », dit-il. ¦Il part.
Il a dit : « C’est fini. » ¦Elle est partie.
Pourquoi ? ¦Parce que.
Le prix est de 3,5 euros. ¦C’est cher.
Le sigle « S.A.R. » désigne une altesse. ¦On le lit « Non. » par erreur."""

SPANISH = """\
El Sr. López vive en España. ¦La Sra. Ruiz no.
¿Qué? ¦¡No! ¦Sí.
«No lo sé.» ¦Se fue.
La Dra. Gómez habló. ¦Nadie escuchó.
Subió un 3,5 por ciento. ¦Luego bajó."""

JAPANESE = """\
今日は晴れです。¦明日は雨でしょう。
彼は「行く。」と言った。¦そして去った。
本当ですか？¦はい！¦そうです。
「もう終わりだ。」¦彼女は帰った。
三・一一の後、（多くの人が）帰った。¦町は静かだった。"""

OTHERS = """\
ru|Он пришёл в 5 ч. вечера. ¦Она ушла. ¦«Почему?» — спросил он.
ru|«Что ты делаешь? – спросил отец. – Завтра праздник». ¦Она молчала.
ru|«Да». ¦– Он встал. ¦Ушёл.
el|Πού είναι ο σταθμός; ¦Την Κυριακή δεν ανοίγει κανείς. ¦το εισιτήριο έχει 12,50 ευρώ.
da|1.) Vej melet ¦2.) Slå æggene ¦3.) Vent
hi|वह आया। ¦वह गया। ¦क्यों?
ar|جاء أمس. ¦ماذا قال؟ ¦لا أحد يعرف.
it|Il sig. Rossi è qui. ¦Dov’è? ¦«Non lo so.» ¦Uscì.
pt|O Sr. Silva chegou. ¦Ela saiu.
nl|Dat is bijv. goed. ¦Dat niet."""

CHINESE = """\
今天很好。¦明天呢？¦不知道！
他说：“我走。”¦然后走了。
“真的吗？”¦“是的。”
增长了3.5%。¦很快。"""


def cases() -> Sequence[object]:
    return [
        pytest.param(code, line, id=f"{code}-{number}")
        for code, lines in (
            ("en", ENGLISH),
            ("de", GERMAN),
            ("fr", FRENCH),
            ("es", SPANISH),
            ("ja", JAPANESE),
            ("zh", CHINESE),
        )
        for number, line in enumerate(lines.splitlines(), 1)
    ] + [pytest.param(*line.split("|"), id=line.split("|")[0]) for line in OTHERS.splitlines()]


@pytest.mark.parametrize(("language", "case"), cases())
def test_corpus(language: str, case: str) -> None:
    text = case.replace("¦", "")
    found = [text[start:end] for start, end in find_sentences(text, language)]
    assert found == [part.strip() for part in case.split("¦")]


PIECES = re.split(
    r"\s+",
    """Mr. U.S. No. 5 p.m. “Yes.” (No.) I. The and … ... «Oui. » J. 1. »Ja.« I 2. [3]
e.g. Inc. He .") ?! 。」 ‘No.’ Jan. 1) 2) (a) (b) 2. ii. • . » (Orr).""",
)

texts = st.one_of(
    strategies.prose,
    strategies.odd_text,
    st.text('aB.!?… \n"“”’»«()1,。」「[]-—'),
    st.lists(st.sampled_from(PIECES)).map(" ".join),
)


@given(texts, st.sampled_from(["en", "en-GB", "de", "fr", "es", "ja", "zh", "xx", ""]))
def test_sentences_are_in_order_and_leave_nothing_but_white_space(text: str, language: str) -> None:
    end = 0
    for sentence in find_sentences(text, language):
        assert text[end : sentence.start].strip() == ""
        quote = text[sentence.start : sentence.end]
        assert quote
        assert quote == quote.strip()
        end = sentence.end
    assert text[end:].strip() == ""


@given(texts)
def test_a_sentence_has_a_word(text: str) -> None:
    found = find_sentences(text)
    if len(found) > 1:
        assert all(any(map(str.isalnum, text[start:end])) for start, end in found)


def test_a_long_text_has_the_sentences_of_its_parts() -> None:
    sentences = [
        "Mr. Orr left at 5 p.m. on Monday.",
        "“Why?” he asked.",
        "Marrowby paid for it all.",
    ]
    found = find_sentences(" ".join(sentences * 1_000))
    text = " ".join(sentences * 1_000)
    assert [text[start:end] for start, end in found] == sentences * 1_000


def test_a_long_text_takes_time_in_proportion() -> None:
    """Half a megabyte without a full stop, and one of full stops only, take little time."""
    assert len(find_sentences("word " * 100_000)) == 1
    assert len(find_sentences(". " * 20_000 + "x")) == 1
    assert len(find_sentences("«" * 20_000 + "x. »" * 5_000)) >= 1
    assert len(find_sentences("1) x " + "2 )2) " * 50_000)) >= 1
    assert len(find_sentences("i) " + "ii." * 100_000)) >= 1
    assert len(find_sentences("at 1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1 a.m. B " * 5_000)) >= 1
