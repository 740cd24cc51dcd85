"""A trade in a fund is judged by what the fund held when it was made, not by what it holds today (rules 3.3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cmic_screen import positions
from cmic_screen.intake import InputFile, Intake, SheetReading
from cmic_screen.lookthrough import Constituent, FundBook, FundFile
from cmic_screen.model import InstrumentKind, Scheme, Security, SecurityIdentifier
from cmic_screen.programme import load_programme
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.run import Circumstances
from cmic_screen.screening import screen

ABOUT = Circumstances(run_id="T", created_at="2026-11-22T00:00:00Z", list_age_days=0, list_stale=False)
EM = "IE00BKM4GZ66"


def fund(as_of: date, *isins: str) -> FundFile:
    constituents = tuple(
        Constituent(
            security=Security(
                fingerprint=f"c-{isin}", instrument=InstrumentKind.SHARE,
                identifiers=(SecurityIdentifier(scheme=Scheme.ISIN, value=isin),),
            ),
            weight=Decimal(100) / len(isins),
        )
        for isin in isins
    )  # fmt: skip
    keys = frozenset({f"isin:{EM}"})
    file = f"{as_of}.csv"
    return FundFile(file=file, sha256="0" * 64, name="EM", keys=keys, as_of=as_of, constituents=constituents)


HELD_THEN = fund(date(2024, 4, 30), "CH0038863350", "HK0941009539")
SOLD_SINCE = fund(date(2026, 10, 31), "CH0038863350", "US0378331005")


def run(days, *files, kind="trades"):
    rows = [
        {"file": "f.csv", "sheet": "f.csv", "row": i + 2, "security_name": "EM ETF", "asset_class": "ETF", "isin": EM,
         "transaction_type": "Buy", "trade_date": day, "exchange": "XNYS"}
        for i, day in enumerate(days)
    ]  # fmt: skip
    sheet = SheetReading(name="f.csv", used=True, rows_read=1 + len(rows), headers=1, positions=len(rows))
    file = InputFile(file="f.csv", sha256="0" * 64, bytes=1, format="csv", sheets=(sheet,))
    return screen(
        Intake(table=positions.frame(rows), inputs=(file,), kind=kind), embedded_snapshot(), load_programme(),
        date(2026, 11, 20), master=load_master(), about=ABOUT, funds=FundBook(files, 92),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("files", "verdicts"),
    [
        ((SOLD_SINCE,), ["REVIEW", "CLEAR", "REVIEW"]),
        ((HELD_THEN,), ["PROHIBITED", "REVIEW", "REVIEW"]),
        ((HELD_THEN, SOLD_SINCE), ["PROHIBITED", "CLEAR", "REVIEW"]),
    ],
)
def test_a_trade_in_a_fund_is_judged_by_the_publication_of_its_time(files, verdicts):
    found = run(["2024-05-06", "2026-11-05", ""], *files)
    assert [f.verdict.name for f in found.row_findings()] == verdicts


def test_the_exposure_sheet_has_each_publication_a_trade_was_judged_by():
    found = run(["2026-11-05", "2024-05-06", "2024-05-07", ""], HELD_THEN, SOLD_SINCE)
    assert [(x.ref, x.source, x.state) for x in found.exposure] == [
        ("F-001", "2024-04-30.csv", "complete"), ("F-003", "2024-04-30.csv", "stale"),
    ]  # fmt: skip


def test_a_holding_is_judged_by_the_publication_of_the_as_of_day():
    assert [f.verdict.name for f in run(["2024-05-06"], HELD_THEN, SOLD_SINCE, kind="holdings").row_findings()] == [
        "CLEAR"
    ]
