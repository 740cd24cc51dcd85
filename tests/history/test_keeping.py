"""Which earlier run a screening outside any monthly job is compared with."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cmic_screen import positions
from cmic_screen.history import keeping, runs, trend


def now(kind="holdings", file="book.csv", account="A-1"):
    table = positions.frame([{"account_id": account, "row": 2}])
    return SimpleNamespace(kind=kind, intake=SimpleNamespace(table=table, inputs=(SimpleNamespace(file=file),)))


def then(kind="holdings", file="book.csv", accounts=("A-1",)):
    return SimpleNamespace(body={"kind": kind, "accounts": list(accounts), "inputs": [{"file": file}]})


@pytest.mark.parametrize(
    ("run", "earlier", "expected"),
    [
        (now(), then(), True),
        (now(file="november.csv"), then(file="october.csv"), True),
        (now(account=""), then(accounts=()), True),
        (now(file="other.csv", account="B-9"), then(), False),
        (now(file="other.csv", account=""), then(accounts=()), False),
        (now(kind="trades"), then(), False),
    ],
)
def test_a_book_is_compared_with_itself(run, earlier, expected):
    assert keeping.alike(run, earlier) is expected


def test_the_last_accepted_run_that_fits(ledger, keep, ana):
    for run_id in ("R1", "R2", "R3"):
        runs.accept(ledger, keep(run_id), actor=ana, at="2026-11-22T12:00:00Z")
    assert runs.last_accepted(ledger, "").run_id == "R3"
    assert runs.last_accepted(ledger, "", fits=lambda r: r.run_id != "R3").run_id == "R2"
    assert [p["run_id"] for p in trend.trend(ledger, fits=lambda r: r.run_id != "R2")] == ["R1", "R3"]
