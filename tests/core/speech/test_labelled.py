"""The labelled articles: what is found in them, with figures as floors."""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import pytest

from tests.core.speech.labelled import ARTICLES, NOTHING, Score, mistakes, read, score

SPANS, SPEAKERS, SURE = 0.98, 0.95, 0.96
"""The least F1 of quoted words and of words with speaker, and the least share of sure ones."""


def test_there_are_twenty_articles_in_four_languages() -> None:
    languages = {read(path).document.metadata.language[:2] for path in ARTICLES}
    assert len(ARTICLES) >= 20
    assert languages == {"en", "de", "fr", "es"}


def test_figures_stay_above_their_floors() -> None:
    total: Score = reduce(Score.plus, (score(read(path)) for path in ARTICLES), NOTHING)
    wrong = "\n".join(f"{path.stem}: {line}" for path in ARTICLES for line in mistakes(read(path)))
    assert total.f1(total.spans) >= SPANS, wrong
    assert total.f1(total.speakers) >= SPEAKERS, wrong
    assert total.sure_right >= SURE * total.sure, wrong


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_most_of_every_article_is_right(path: Path) -> None:
    article = read(path)
    assert len(mistakes(article)) <= 1 + len(article.spoken) // 5, "\n".join(mistakes(article))
