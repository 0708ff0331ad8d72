"""Number the words of a text, so that two texts can be compared quickly."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from reader.core.folding import fold
from reader.safe_text import SHAPING

SENTENCE_ENDS = frozenset(".!?:;…。！？”’\"')")
"""Characters that end a sentence or a clause when a space follows."""

# Scripts that are written without spaces are compared character by character.
_SIGN = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff" + "".join(SHAPING)
_LETTER = rf"[^\W_{_SIGN}]"
_TOKEN = re.compile(
    rf"({_LETTER}+(?:[\u0300-\u036f{_UNSEEN}]+{_LETTER}*)*|[{_SIGN}]|-{{2,}}|\.{{3}}"
    rf"|[^\w\s{_UNSEEN}]|_)"
)


class Vocabulary(dict[str, int]):
    """The number of each word; words that differ only by case, accents or typography share one."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    @property
    def folded(self) -> list[str]:
        """The folded words, each at its number."""
        return list(self._numbers)

    def __missing__(self, word: str) -> int:
        folded = "-" if word[0] == "-" else fold(word)
        number = self[word] = self._numbers.setdefault(folded, len(self._numbers))
        return number


def words_of(text: str) -> list[str]:
    """Return the words and the punctuation of a text."""
    return _TOKEN.split(text)[1::2]


class Words:
    """The words and the punctuation of a text, each with its range and its number."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        """Split ``text`` into words.

        Args:
            text: Any text.
            vocabulary: Numbers the words; texts to compare must share it.
        """
        # The even pieces are the text between words, the odd pieces are the words.
        pieces = _TOKEN.split(text)
        ends = list(accumulate(map(len, pieces)))
        self.text = text
        """The text."""
        self.vocabulary = vocabulary
        """What numbers its words."""
        self.starts = ends[:-1:2]
        """The offset of each word's first code point."""
        self.ends = ends[1::2]
        """The offset after each word."""
        self.keys = list(map(vocabulary.__getitem__, pieces[1::2]))
        """The number of each word in the vocabulary."""

    def __len__(self) -> int:
        return len(self.keys)

    def weight(self, first: int, last: int) -> int:
        """Return the code points in ``words[first:last]``, without the text between them."""
        return sum(self.ends[first:last]) - sum(self.starts[first:last])

    def extent(self, first: int, last: int) -> int:
        """Return the code points from the first to the last of ``words[first:last]``."""
        return self.ends[last - 1] - self.starts[first] if last > first else 0

    def break_before(self, word: int) -> int:
        """Return the strength of the break before a word.

        Returns:
            0 where no space precedes it, 1 after a space, 2 after the end of a sentence or a
            clause, 3 at the start of a line and outside the text.
        """
        if not 0 < word < len(self.keys):
            return 3
        between = self.text[self.ends[word - 1] : self.starts[word]]
        if "\n" in between:
            return 3
        ends_sentence = between and self.text[self.ends[word - 1] - 1] in SENTENCE_ENDS
        return 2 if ends_sentence else int(bool(between))

    def touching(self, start: int, end: int) -> range:
        """Return the indices of the words that share a code point with ``start:end``."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def is_inside_word(self, offset: int) -> bool:
        """Return whether ``offset`` lies inside a word, not at its edge."""
        word = bisect_right(self.starts, offset) - 1
        return word >= 0 and self.starts[word] < offset < self.ends[word]
