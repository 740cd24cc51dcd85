"""A file of another month, an empty one, trades dated ahead: said at once on terminal, Summary, Data quality."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cmic_screen import moment, service, tally
from cmic_screen.ingest import read_holdings
from cmic_screen.report.sheets import summary
from cmic_screen.settings import load_settings

DAY = date(2026, 11, 22)
BOOK = "As of: {}\n\nSecurity Name,ISIN,Quantity\nAPPLE INC,US0378331005,10\nNESTLE SA,CH0038863350,10\n"
BLOTTER = "Trade Date,Transaction Type,Security Name,ISIN,Quantity\n2026-11-20,Buy,APPLE INC,US0378331005,1\n{}"


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ("31 Oct 2025", "387 days before the day"), ("2027-01-31", "70 days after the day"),
        ("2026-10-08", ""), ("2026-10-07", "46 days before"), ("2026-11-22", ""), ("2026-11-23", "1 day after"),
        ("no day", ""),
    ],
)  # fmt: skip
def test_holdings_of_another_day(tmp_path, stated, said):
    path = tmp_path / "book.csv"
    path.write_text(BOOK.format(stated))
    intake = tally.dated(read_holdings([path]), DAY)
    assert [said in text for text in intake.said_at_once()] == ([True] if said else [])


def test_each_file_answers_for_its_own_day(tmp_path):
    for name, day in (("now", "2026-11-20"), ("old", "2025-10-31")):
        (tmp_path / f"{name}.csv").write_text(BOOK.format(day))
    intake = tally.dated(read_holdings([tmp_path / "now.csv", tmp_path / "old.csv"]), DAY)
    (said,) = intake.said_at_once()[-1:]
    assert said.startswith("old.csv: The holdings are stated as of 2025-10-31")


def test_a_file_that_gave_nothing_is_said_beside_one_that_did(tmp_path):
    """An export that broke off behind its headings showed nowhere: the book seemed to be screened whole."""
    head = "Security Name,ISIN,Quantity\n"
    (tmp_path / "a.csv").write_text(f"{head}APPLE INC,US0378331005,10\n")
    (tmp_path / "b.csv").write_text(head)
    (tmp_path / "c.csv").write_text(f"{head}#REF!,,5\n")
    intake = read_holdings([tmp_path / f"{name}.csv" for name in "abc"])
    said = tally.emptied(intake).said_at_once()
    assert [text for text in said if "No position" in text] == ["b.csv: No position was found in it."]
    assert tally.emptied(read_holdings([tmp_path / "a.csv"])).said_at_once() == []


def test_trades_dated_ahead(tmp_path):
    path = tmp_path / "trades.csv"
    path.write_text(BLOTTER.format("2027-03-01,Sell,NESTLE SA,CH0038863350,5\n"))
    (said,) = tally.dated(read_holdings([path]), DAY).said_at_once()
    assert said.startswith("1 of 2 trades are dated after the day of the run (2026-11-22), to 2027-03-01")
    path.write_text(BLOTTER.format("2026-11-22T15:00,Sell,NESTLE SA,CH0038863350,5\n"))
    assert tally.dated(read_holdings([path]), DAY).said_at_once() == []


@pytest.mark.parametrize("qualified", [True, False])
def test_a_run_with_permitted_names_only_does_not_say_no_match(qualified):
    totals = dict.fromkeys(("prohibited", "unscreened", "review", "upcoming", "problems"), 0)
    record = {
        "kind": "holdings",
        "qualifications": [{}] * qualified,
        "totals": {**totals, "positions": 9, "permitted": 2},
    }
    said = summary.verdict(record)
    assert said.startswith("Nothing prohibited among 9 positions; 2 in listed or related names")
    assert ("see the note above" in said) is qualified


def test_a_run_asks_the_clock_once(tmp_path, monkeypatch):
    """Midnight in New York between two questions would judge holdings on one day and age the list on another."""
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(service, "now", lambda: datetime(2026, 11, 22, 4, 59, 59, tzinfo=UTC))
    monkeypatch.setattr(moment, "now", lambda: datetime(2026, 11, 22, 5, 0, 1, tzinfo=UTC))
    ready = service.prepare(service.Request(files=()), load_settings())
    assert (ready.as_of, ready.about.created_at) == (date(2026, 11, 21), "2026-11-22T04:59:59Z")
    assert ready.about.list_age_days == (date(2026, 11, 21) - ready.snapshot.published).days
