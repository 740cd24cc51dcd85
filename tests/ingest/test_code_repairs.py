"""Codes that another program wrote as numbers: what is read of them is listed with the row."""

from __future__ import annotations

import json

from cmic_screen.ingest import read_holdings


def test_a_code_with_decimals_is_listed_as_repaired(tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("Name,CUSIP,Ticker,Quantity\nA CORP,169426103.0,600941.0,5.0\nB CORP,037833100,AAPL,1.0\n", "utf-8")
    first, second = map(str, read_holdings([path]).table["repairs"])
    told = {r["field"]: (r["before"], r["after"]) for r in json.loads(first)}
    assert told == {"cusip": ("169426103.0", "169426103"), "ticker": ("600941.0", "600941")}
    assert second == ""
