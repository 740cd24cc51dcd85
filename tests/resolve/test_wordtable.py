"""The word table numbers words as a dict would, whatever their length and however often it must grow."""

from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.resolve.wordtable import WordTable, packed

WORD = st.one_of(
    st.text("AB9@\x01", min_size=1, max_size=20),
    st.text("AB", min_size=7, max_size=9),
    st.text("AB", min_size=15, max_size=18),
)


@given(st.lists(st.tuples(st.lists(WORD, max_size=30), st.sampled_from([" ", "  "])), max_size=6))
def test_every_word_has_one_number_and_every_number_one_word(texts):
    table, known = WordTable(), dict[str, int]()
    for words, gap in texts:
        numbers, added = table.numbers(gap.join(["", *words, ""]).encode())
        assert len(numbers) == len(words)
        new = set(words) - known.keys()
        assert all(known.setdefault(word, n) == n for word, n in zip(words, numbers.tolist(), strict=True))
        assert len(added.low) == len(new)
        assert sorted(known.values()) == list(range(len(table)))
    assert all(table.text(number) == word for word, number in known.items())


def test_a_table_that_grows_still_finds_its_first_words():
    table = WordTable()
    first, _ = table.numbers(packed(["HIKVISION", "TELECOMMUNICATIONS"]))
    table.numbers(packed(f"W{i}" for i in range(5000)))
    again, added = table.numbers(packed(["HIKVISION", "TELECOMMUNICATIONS", "W4999"]))
    assert again[:2].tolist() == first.tolist()
    assert not len(added.low)


def test_words_beyond_ascii_are_left_out():
    assert packed(["HAIKANG", "海康", "WEISHI"]) == b"HAIKANG WEISHI"
