"""Codes that another program wrote as numbers, listed with the row as repaired; codes that stand alone in it."""

from __future__ import annotations

import json

import pytest

from cmic_screen.ingest import read_holdings


def test_a_code_with_decimals_is_listed_as_repaired(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("Name,CUSIP,Ticker,Quantity\nA CORP,169426103.0,600941.0,5.0\nB CORP,037833100,AAPL,1.0\n", "utf-8")
    first, second = map(str, read_holdings([path]).table["repairs"])
    told = {r["field"]: (r["before"], r["after"]) for r in json.loads(first)}
    assert told == {"cusip": ("169426103.0", "169426103"), "ticker": ("600941.0", "600941")}
    assert second == ""


@pytest.mark.parametrize("code", ["600941 C1", "002415 C2", "941 H1", "600941 CH", "002415 CS Equity"])
def test_a_code_through_stock_connect_alone_is_a_position(code, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text(f"Security Name,Ticker\n,{code}\n", "utf-8")
    assert read_holdings([path]).table["ticker"].tolist() == [code]
