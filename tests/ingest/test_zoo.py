"""Each trap of the zoo: the right positions, the right rows set aside, nothing lost, and a look that explains."""

from __future__ import annotations

import pytest
from zoo import TRAPS

from cmic_screen.ingest import look, read_holdings

pytestmark = pytest.mark.usefixtures("in_one_process")


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("zoo")
    done = {}

    def get(trap):
        if trap.name not in done:
            done[trap.name] = read_holdings([trap.write(folder)])
        return done[trap.name]

    return get


def held(intake):
    out = []
    for row in intake.table.to_dict("records"):
        code = next((row[k] for k in ("isin", "cusip", "ticker", "other_id") if row[k]), "")
        out.append((row["row"], row["security_name"], code))
    return out


@pytest.mark.parametrize("trap", TRAPS, ids=lambda t: t.name)
def test_a_trap_gives_the_positions_that_stand_in_it(trap, read):
    intake = read(trap)
    assert held(intake) == trap.held
    assert sorted((a.source.row, a.reason) for a in intake.set_aside) == sorted(trap.aside)
    assert [(p.source.row, p.code) for p in intake.problems] == trap.problems
    assert {r["row"]: r["more_rows"] for r in intake.table.to_dict("records") if r["more_rows"]} == trap.more
    assert trap.codes <= {i.code for i in intake.issues}


@pytest.mark.parametrize("trap", TRAPS, ids=lambda t: t.name)
def test_looking_at_a_trap_reads_like_an_explanation(trap, read):
    intake = read(trap)
    text = look.explain(look.describe(intake))
    assert text.endswith("Nothing was written.")
    assert all(words in text for words in trap.says)
    for a in intake.set_aside:
        assert a.reason in text
    assert "None" not in text.replace("None on verdicts", "").replace("None, unless", "")
    assert not any(bad in text for bad in ("{", "Decimal(", "frozenset", "nan"))
