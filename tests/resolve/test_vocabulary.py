"""Many words at once are read as one by one, and as a plain comparison of letters would read them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from cmic_screen.resolve.letters import Join, Letters
from cmic_screen.resolve.misspelt import Misspelt
from cmic_screen.resolve.ragged import Ragged, added, spans
from cmic_screen.resolve.vocabulary import Vocabulary

LETTERS = st.text("AB", min_size=3, max_size=12)
LONG = st.text("ABC", min_size=8, max_size=14)
LISTED = """
    CHINA COMMUNICATIONS CONSTRUCTION HIKVISION TECHNOLOGY SHIPBUILDING INDUSTRY INDUSTRIAL MICROELECTRONICS CNOOC
    INTERNATIONAL TELECOMMUNICATIONS YITU AVIC HEAVY GREAT WALL RAILWAY CAC40 A
"""
WORDS = LISTED.split()


@given(st.lists(LETTERS, min_size=1, max_size=12, unique=True), st.lists(LETTERS, min_size=1, max_size=12))
def test_near_finds_every_word_one_error_apart_and_no_other(listed: list[str], held: list[str]) -> None:
    """Listed words of four letters or more."""
    misspelt = Misspelt(listed, np.zeros(len(listed), dtype=bool))
    of, found = misspelt.near(Letters.of(held))
    wanted = {
        (i, j) for i, a in enumerate(held) for j, b in enumerate(listed) if len(b) >= 4 and OSA.distance(a, b) <= 1
    }
    assert set(zip(of.tolist(), found.tolist(), strict=True)) == wanted


@given(st.lists(LONG, min_size=1, max_size=12, unique=True), st.lists(LONG, min_size=1, max_size=12))
def test_two_errors_in_a_long_word_that_begins_alike(listed: list[str], held: list[str]) -> None:
    """The letters are counted before they are compared; that loses none."""
    misspelt = Misspelt(listed, np.zeros(len(listed), dtype=bool))
    offers, _ = misspelt.offers(Letters.of(held), held, np.zeros(len(held), dtype=bool))
    wanted = {
        (i, j)
        for i, a in enumerate(held)
        for j, b in enumerate(listed)
        if a[:4] == b[:4] and max(len(a), len(b)) >= 9 and OSA.distance(a, b) == 2
    }
    assert wanted <= set(zip(offers.held.tolist(), offers.listed.tolist(), strict=True))


@given(st.lists(st.one_of(st.sampled_from(WORDS), LETTERS, st.text("AE0158É", max_size=40)), max_size=20))
def test_words_read_together_are_read_as_alone(words: list[str]) -> None:
    """In whatever batches they come, and again after all was forgotten."""
    together, alone = Vocabulary(WORDS), Vocabulary(WORDS)
    words = [w for w in words if w]
    together.rows(words)
    read = [together.readings(w) for w in words]
    assert read == [alone.readings(w) for w in words]
    together.forget()
    assert read == [together.readings(w) for w in reversed(words)][::-1]


@pytest.mark.parametrize("word", ["A" * 40, "CHINA" * 20, "É", "HIKVISIØN"])
def test_words_without_a_row_stand_for_nothing(word: str) -> None:
    """Longer words than a row holds, and words beyond ASCII."""
    assert Vocabulary(WORDS).readings(word) == {}
    assert Vocabulary([*WORDS, word]).readings(word)[word].how == "equal"


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=8), st.data())
def test_ragged_rows_expand_as_lists_do(rows: list[list[int]], data: st.DataObject) -> None:
    """Position and value of everything in some rows, in their order."""
    which = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=10))
    ragged = Ragged.of(rows)
    of, at = ragged.expanded(np.array(which, dtype=np.intp))
    pairs = list(zip(of.tolist(), ragged.values[at].tolist(), strict=True))
    assert pairs == [(i, x) for i, row in enumerate(which) for x in rows[row]]


def test_nothing_in_gives_nothing_out() -> None:
    """Empty arrays are no special case for who calls."""
    none = np.zeros(0, dtype=np.intp)
    assert spans(none, none).tolist() == []
    assert added(none, np.zeros(0), 3).tolist() == [0.0, 0.0, 0.0]
    assert Join(none.astype(np.uint32), none).pairs(np.array([1, 2], dtype=np.uint32))[0].tolist() == []
    assert Vocabulary([]).readings("CHINA") == {}
