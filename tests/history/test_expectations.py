"""What stops a month and what only blocks its acceptance."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from cmic_screen import positions
from cmic_screen.errors import InputError
from cmic_screen.history import expectations
from cmic_screen.history.config import MonthlyConfig
from cmic_screen.intake import InputFile, Intake, SheetReading
from cmic_screen.run import Money

SOURCE = {"name": "a", "files": ["x"]}


def said(source=SOURCE, **more):
    return MonthlyConfig.model_validate({"job": "book", "source": [source], **more})


def intake(as_of="2026-10-31", sha="s1", rows=()):
    sheet = SheetReading(name="x.csv", used=True, rows_read=len(rows), positions=len(rows))
    file = InputFile(file="x.csv", sha256=sha, bytes=1, format="csv", sheets=(sheet,))
    return Intake(table=positions.frame(rows), inputs=(file,), as_of=as_of)


def kept(*intakes):
    return SimpleNamespace(intakes=intakes, as_of=date(2026, 10, 31))


def before(positions_then=10, values=None, accounts=(), sha="s0"):
    totals = {"positions": positions_then, "market_value": {c: {"all": v} for c, v in (values or {}).items()}}
    return SimpleNamespace(
        body={"totals": totals, "accounts": list(accounts), "inputs": [{"sha256": sha, "file": "x"}]}
    )


def run(positions_now=10, values=None, accounts=()):
    table = positions.frame([{"account_id": a, "row": 1} for a in accounts])
    money = {c: Money(all=v, prohibited="0", review="0") for c, v in (values or {}).items()}
    return SimpleNamespace(
        intake=SimpleNamespace(table=table), totals=SimpleNamespace(positions=positions_now, market_value=money)
    )


@pytest.mark.parametrize("as_of", ["2026-10-26", "2026-10-31", "2026-11-03"])
def test_a_file_of_the_month_passes(as_of):
    expectations.refuse_wrong_month(kept(intake(as_of)), said(), before())


@pytest.mark.parametrize(
    ("as_of", "sha", "words"),
    [
        ("2026-10-25", "s1", "states holdings as of 2026-10-25, not between 2026-10-26 and 2026-11-03"),
        ("2026-11-04", "s1", "states holdings as of 2026-11-04"),
        ("2025-10-31", "s1", "states holdings as of 2025-10-31"),
        ("", "s1", "states no date"),
        ("2026-10-31", "s0", "is the same file as in the last accepted run"),
    ],
)
def test_a_file_of_another_month_stops_the_run_and_is_named(as_of, sha, words):
    with pytest.raises(InputError, match=rf"^a: x\.csv: {words}"):
        expectations.refuse_wrong_month(kept(intake(as_of, sha)), said(), before())


def test_what_the_configuration_says_is_meant():
    undated = said({**SOURCE, "dated": False, "same_file_ok": True})
    expectations.refuse_wrong_month(kept(intake("", "s0")), undated, before())
    with pytest.raises(InputError):  # undated does not excuse a date that is wrong
        expectations.refuse_wrong_month(kept(intake("2026-01-31")), undated, None)


def test_a_vanished_account_blocks_until_it_is_said_to_be_closed():
    now, then = run(accounts=["A-1", "A-2"]), before(accounts=["A-1", "A-3"])
    config = said({**SOURCE, "accounts": ["A-2", "A-4"]})
    assert expectations.vanished(now, config, then) == ("A-3", "A-4")
    (words,) = expectations.blockers(now, config, then, "2026-10")
    assert words.startswith("2 account(s)")
    assert "A-" not in words
    closed = said({**SOURCE, "accounts": ["A-2", "A-4"]}, closed_accounts=["A-3", "A-4"])
    assert expectations.blockers(now, closed, then, "2026-10") == ()


@pytest.mark.parametrize(
    ("then", "now", "blocked"),
    [
        ((10, {"USD": "100"}), (12, {"USD": "130"}), 0),
        ((10, {"USD": "100"}), (13, {"USD": "100"}), 1),
        ((10, {"USD": "100"}), (7, {"USD": "100"}), 1),
        ((10, {"USD": "100"}), (10, {"USD": "64"}), 1),
        ((10, {"USD": "100"}), (10, {"USD": "100", "HKD": "5"}), 1),
        ((10, {"USD": "100", "HKD": "5"}), (10, {"USD": "100"}), 1),
        ((0, {}), (5, {"USD": "1"}), 2),
        ((0, {}), (0, {}), 0),
        ((10, {"USD": "-100"}), (10, {"USD": "-110"}), 0),
    ],
)
def test_rows_and_values_that_moved_too_far_block_until_explained(then, now, blocked):
    found = expectations.blockers(run(*now), said(), before(*then), "2026-10")
    assert len(found) == blocked
    assert expectations.blockers(run(*now), said(), None, "2026-10") == ()
    explained = said(explained={"2026-10": "two custodians were merged"})
    assert expectations.blockers(run(*now), explained, before(*then), "2026-10") == ()
    assert len(expectations.blockers(run(*now), explained, before(*then), "2026-11")) == blocked


def test_a_source_that_holds_nothing_blocks_until_it_is_explained():
    two = MonthlyConfig.model_validate(
        {"job": "book", "source": [SOURCE, {**SOURCE, "name": "b"}], "explained": {"2026-11": "Account b was closed."}}
    )
    held = kept(intake(rows=[{"security_name": "APPLE INC", "row": 2, "sheet": "x.csv"}]), intake(sha="s2"))
    assert expectations.empty(held, two, "2026-10") == ("source b holds no position.",)
    assert expectations.empty(held, two, "2026-11") == ()
