"""The ends of rows, held as marks and exceptions, answer as an entry a row would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.ingest.ends import ORDINARY, End, Ends, Kind

ROWS = st.integers(0, 12)
STEPS = st.one_of(
    st.tuples(
        st.just("set"), ROWS, st.sampled_from([ORDINARY, End(Kind.ASIDE, "total"), End(Kind.POSITION, name="x")])
    ),
    st.tuples(st.just("drop"), ROWS, st.none()),
    st.tuples(st.just("range"), ROWS, st.sets(ROWS, max_size=3)),
    st.tuples(st.just("rows"), ROWS, st.sets(ROWS, max_size=3)),
)


@given(st.lists(STEPS, max_size=12))
@settings(max_examples=2 * settings.default.max_examples)
def test_ends_are_those_of_an_entry_a_row(steps):
    ends, plain = Ends(), {}
    for what, i, more in steps:
        if what == "set":
            ends[i] = plain[i] = more
        elif what == "drop" and i in plain:
            del ends[i], plain[i]
        elif what in {"range", "rows"}:
            fresh = range(13, 13 + i) if what == "range" else list(range(13, 13 + i, 2))
            left = {13 + j for j in more} & set(fresh)
            for r in fresh:
                ends.pop(r, None)
                plain.pop(r, None)
            ends.ordinary(fresh, left)
            plain.update({r: ORDINARY for r in fresh if r not in left})
    assert dict(ends) == plain
    assert len(ends) == len(plain)
    assert all((i in ends) == (i in plain) and ends.get(i) is plain.get(i) for i in range(-2, 30))
    assert ends.special == {i: e for i, e in plain.items() if e is not ORDINARY}
    assert ends.count_ordinary == sum(e is ORDINARY for e in plain.values())
    for rows in (range(3, 20), list(range(0, 26, 2)), range(0)):
        assert list(ends.held(rows)) == [i for i in rows if i in plain and plain[i].kind is Kind.POSITION]


def test_a_row_that_has_no_end_is_a_key_error():
    with pytest.raises(KeyError):
        Ends()[0]
    with pytest.raises(KeyError):
        del Ends()[0]
