"""Which characters beside a passage belong to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.core.beside import REACH, offsets_beside
from tests.core import strategies

# [ ] is around what is marked; the caret is on the character after ^.
BESIDE = """\
He said: “[We bought a window.]^”
He said: “[We bought a window.]”^ Then he left.
He said: ^“[We bought a window.]”
He said:^ “[We bought a window.]”
[We bought a window]^.
[We bought a window]^, she said.
[We bought a window],^ she said.
The ^[certified] product.
Th^e [certified] product.
The [certified]^ product.
The [certified] ^product.
[He left.]^ She stayed.
He left.^ [She stayed.]
((^([He left]
[He left]^…
[今日は]^、晴れ。
[👩‍👩‍👧]^👩‍👩‍👧👩‍👩‍👧.
👩‍👩‍👧^👩‍👩‍👧👩‍👩‍👧[👩‍👩‍👧].
He said "[We did]^."
“[Why?]^” he asked.
“Why?”^ [he] asked."""

ELSEWHERE = """\
[He left.] ^She stayed.
[He left.] ^“She stayed.”
[He left.]” ^She stayed.
[He left!] ^"She stayed."
[Why?] ^– Because.
[今日は晴れです。]^明日。
He left^. [She stayed.]
“He left.^” [She stayed.]
今日は晴れです^。[明日。]
[We bought] a^ window.
Nob^ody [bought] it.
[He left]¶^She stayed.
[He left.]¶^¶She stayed.
He left^¶[She stayed]
[👩‍👩‍👧]👩‍👩‍👧👩‍👩‍👧^👩‍👩‍👧."""


def offsets_of(case: str) -> tuple[str, int, int, int]:
    """Return the text of a case, the range that is marked, and the caret."""
    text = case.replace("¶", "\n")
    at = {
        sign: len(text.split(sign)[0].translate(dict.fromkeys(map(ord, "[]^")))) for sign in "[]^"
    }
    return text.translate(dict.fromkeys(map(ord, "[]^"))), at["["], at["]"], at["^"]


@pytest.mark.parametrize("case", BESIDE.splitlines())
def test_what_is_beside_a_passage_belongs_to_it(case: str) -> None:
    text, start, end, caret = offsets_of(case)
    assert any(start <= each < end for each in offsets_beside(text, caret))


@pytest.mark.parametrize("case", ELSEWHERE.splitlines())
def test_another_sentence_another_line_and_what_is_further_away_do_not(case: str) -> None:
    text, start, end, caret = offsets_of(case)
    assert not any(start <= each < end for each in offsets_beside(text, caret))


texts = st.one_of(strategies.prose, strategies.odd_text, st.text('aB.!? \n"“”[]'))


@given(texts, st.data())
def test_the_offset_itself_is_first_and_none_is_on_another_line(
    text: str, data: st.DataObject
) -> None:
    caret = data.draw(st.integers(0, len(text)))
    offsets = list(offsets_beside(text, caret))
    assert offsets[0] == caret
    assert len(offsets) <= 1 + 2 * REACH
    for each in offsets[1:]:
        assert 0 <= each <= len(text)
        assert "\n" not in text[min(each, caret) : max(each, caret)]
