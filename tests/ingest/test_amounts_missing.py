"""A holding whose amounts are missing is a holding: it is no further line of the one above, whatever the table."""

from __future__ import annotations

import pytest

from cmic_screen.ingest import read_holdings
from cmic_screen.service import Request, run
from cmic_screen.settings import load_settings

HEADS = {
    "Name,Quantity": "{0},{1}",
    "Name,Ticker,Quantity": "{0},,{1}",
    "Name,Quantity,Market Value,Currency": "{0},{1},{1},USD",
    "Date,Name,Quantity,Price": "2026-11-20,{0},{1},{1}",
    "Account,Name,Quantity": "A-1,{0},{1}",
    "Name,Sector,Country,Quantity": "{0},Energy,China,{1}",
    "Date,Action,Name,Quantity": "2026-11-20,Buy,{0},{1}",
}
BOOKS = (
    (("Apple Inc", "10"), ("CNOOC Limited", "")),
    (("Apple", "10"), ("CNOOC", "")),
    (("Apple Inc", "10"), ("Nestle SA", ""), ("CNOOC Limited", "")),
    (("Apple Inc", ""), ("Nestle SA", "10"), ("CNOOC Limited", "")),
)


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("head", HEADS)
def test_a_listed_company_without_amounts_is_found(head, book, tmp_path, monkeypatch):
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    path = tmp_path / "book.csv"
    path.write_text("\n".join((head, *(HEADS[head].format(*row) for row in book))) + "\n", "utf-8")
    result = run(Request(files=(path,)), load_settings())
    assert "30926" in {m.match.entity.uid for f in result.findings for m in f.judgement.matches}


@pytest.mark.parametrize("head", [h for h in HEADS if h not in {"Name,Quantity", "Name,Ticker,Quantity"}])
def test_what_says_the_same_beside_its_name_is_a_position_of_its_own(head, tmp_path):
    rows = [HEADS[head].format(*row) for row in (("Apple", "10"), ("Nestle", ""), ("Roche", ""))]
    path = tmp_path / "book.csv"
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    assert read_holdings([path]).table["security_name"].tolist() == ["Apple", "Nestle", "Roche"]


def test_a_name_over_two_lines_stays_one(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("Name,Quantity\nHANGZHOU HIKVISION DIGITAL,10\nTECHNOLOGY CO LTD A,\n", "utf-8")
    assert read_holdings([path]).table["security_name"].tolist() == ["HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO LTD A"]


def test_a_line_that_says_what_was_done_is_a_trade_of_its_own(tmp_path):
    path = tmp_path / "trades.csv"
    rows = ("Date,Security,Shares,Side", "2023-04-04,HIKVISION,369,Sell", "2023-01-26,CNOOC,,Dividend")
    path.write_text("\n".join(rows) + "\n", "utf-8")
    assert read_holdings([path]).table["security_name"].tolist() == ["HIKVISION", "CNOOC"]
