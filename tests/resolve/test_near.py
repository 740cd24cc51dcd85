"""Which listed names are worth aligning: the few that are likeliest, the same as when every estimate was looked at."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from cmic_screen.resolve import near

ESTIMATES = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 4), st.integers(0, 300)),
    elements=st.sampled_from([0.0, 0.0, 0.0, 0.1, 0.25, 0.5, 0.7]),
)


@given(ESTIMATES, st.integers(1, 9))
def test_the_likeliest_are_those_that_parting_every_row_gives(estimate, most):
    row, column = np.nonzero(np.ones(estimate.shape, dtype=bool))
    found = near._likeliest(row, column, estimate.ravel(), estimate.shape, most)
    assert len(found) == len(estimate)
    for values, best in zip(estimate, found, strict=True):
        wanted = []
        if values.size:
            parted = np.sort(np.argpartition(-values, min(most, values.size) - 1)[:most])
            wanted = [(values[i], i) for i in parted[np.argsort(-values[parted], kind="stable")]]
        assert best == [(v, i) for v, i in wanted if v]
