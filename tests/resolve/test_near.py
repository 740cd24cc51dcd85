"""Which listed names are worth aligning: the few that are likeliest, of equal ones the first, on every machine."""

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
def test_the_likeliest_are_those_that_sorting_every_row_gives(estimate, most):
    row, column = np.nonzero(np.ones(estimate.shape, dtype=bool))
    found = near._likeliest(row, column, estimate.ravel(), estimate.shape, most)
    wanted = [sorted(((-v, i) for i, v in enumerate(values) if v), key=lambda x: x)[:most] for values in estimate]
    assert found == [[(-v, i) for v, i in best] for best in wanted]
