"""Codes of every kind in whatever column they stand: identifiers by their digits, tickers by what is left."""

from __future__ import annotations

import pytest

from cmic_screen.securities import build


@pytest.mark.parametrize(
    ("row", "identifiers", "ticker"),
    [
        ({"ticker": "941"}, [], ("941", "")),
        ({"ticker": "941 HK"}, [], ("941", "XHKG")),
        ({"ticker": "HK0941009539"}, ["HK0941009539"], ("", "")),
        ({"ticker": "16941M109"}, ["16941M109", "US16941M1099"], ("", "")),
        ({"ticker": "BBG000BGWH17"}, ["BBG000BGWH17"], ("", "")),
        ({"ticker": "600941.SS"}, [], ("600941", "XSHG")),
        ({"other_id": "941 HK"}, [], ("941", "XHKG")),
        ({"other_id": "002415 CH"}, [], ("002415", "XSHE")),
        ({"other_id": "HK0941009539"}, ["HK0941009539"], ("", "")),
        ({"other_id": "CHL", "exchange": "NYSE"}, [], ("CHL", "XNYS")),
        ({"isin": "941 HK"}, [], ("941", "XHKG")),
        ({"isin": "HK0941009539", "other_id": "0941.HK"}, ["HK0941009539"], ("941", "XHKG")),
        ({"ticker": "941 HK", "other_id": "ACC-1"}, [], ("941", "XHKG")),
        ({"other_id": "Vanguard long description of a fund"}, [], ("", "")),
        ({}, [], ("", "")),
    ],
)
def test_a_code_is_read_by_content_whatever_its_column(row, identifiers, ticker):
    security = build(row)
    assert [i.value for i in security.identifiers] == identifiers
    assert (security.ticker, security.mic) == ticker
