"""Rows of amounts that nothing names: units with a currency are a problem, never money; money stays set aside."""

import pytest

from cmic_screen.ingest import read_holdings

BOOK = """Account,Security Name,ISIN,Asset Class,Quantity,Market Value,Currency
A1,APPLE INC,US0378331005,Equity,10,2000,USD
"""
BLOTTER = """Trade Date,Transaction Type,Security Name,ISIN,Quantity,Price,Amount,Currency
2026-11-02,Buy,APPLE INC,US0378331005,10,200,2000,USD
"""


@pytest.mark.parametrize(
    ("text", "row", "problem"),
    [
        (BOOK, "A1,,,Equity,5,400,HKD", True),
        (BOOK, "A2,,,,7,700,USD", True),
        (BOOK, "A1,,,Cash,5,400,HKD", False),
        (BOOK, "A1,,,,,400,HKD", False),
        (BOOK, "A1,,,,0,400,HKD", False),
        (BLOTTER, "2026-11-03,Buy,,,100,50,5000,HKD", True),
        (BLOTTER, "2026-11-03,Sell,,,100,50,5000,HKD", True),
        (BLOTTER, "2026-11-03,Deposit,,,1,5000,5000,HKD", False),
        (BLOTTER, "2026-11-03,Buy,,,0,0,5000,HKD", False),
    ],
)
def test_units_without_a_name_cannot_be_screened(tmp_path, text, row, problem):
    path = tmp_path / "book.csv"
    path.write_text(f"{text}{row}\n{text.splitlines()[1]}\n")
    intake = read_holdings([path])
    assert [p.code for p in intake.problems] == (["NOTHING_TO_SCREEN_BY"] if problem else [])
    assert [a.reason for a in intake.set_aside] == ([] if problem else ["cash"])
