"""Shapes that makers give their tables: a column an account, codes before names, codes under a heading of names."""

from __future__ import annotations

import pytest
from gridmaker import rows, understand

from cmic_screen.ingest.headings import is_header


def test_a_column_an_account_is_no_amount_in_a_header():
    intake = understand(
        [
            ["Shares held by account"],
            ["Security", "ISIN", "A/C 1001", "A/C 1002", "A/C 1003", "Total shares"],
            ["China Mobile Ltd", "HK0941009539", 1000, 0, 2000, 3000],
            ["CNOOC Ltd", "HK0883013259", None, 4000, None, 4000],
        ]
    )
    assert rows(intake, "isin", "quantity") == [(3, "HK0941009539", "3000"), (4, "HK0883013259", "4000")]
    assert not is_header(["Security", "ISIN", "1001", "1002", "1003"])


def test_codes_that_lead_names_in_brackets_are_tickers_where_most_are_written_so():
    held = [["股票", "00883 (中国海洋石油)", 4], ["股票", "AAPL (苹果)", 1]]
    intake = understand([["持仓", "代码", "数量"], *held])
    assert rows(intake, "ticker", "security_name") == [(2, "00883", "中国海洋石油"), (3, "AAPL", "苹果")]
    usual = [["Security", "Units"], ["CNOOC (China National Offshore)", 4], ["Apple Inc", 1], ["Nestle SA", 2]]
    assert rows(understand(usual), "ticker", "security_name")[0] == (2, "", "CNOOC (China National Offshore)")


def test_an_exchanges_codes_beside_names_are_tickers_and_short_names_stay_names():
    held = [["PETR4", "PETROBRAS PN", 9], ["AAPL34", "APPLE DRN", 2], ["CHCM34", "CHINA MOBILE DRN", 5]]
    intake = understand([["Ativo", "Nome", "Quantidade"], *held])
    assert rows(intake, "ticker", "security_name")[2] == (4, "CHCM34", "CHINA MOBILE DRN")
    short = [["SMIC", "Semiconductor Manufacturing", 9], ["CNOOC", "China Offshore Oil", 2], ["BYD", "BYD Company", 1]]
    assert not any(t for _, t in rows(understand([["Ativo", "Nome", "Quantidade"], *short]), "ticker"))


@pytest.mark.parametrize("labels", [["Name", "Currency", "Start Date"], ["Name", "Account", "Currency"]])
def test_labels_down_a_column_head_no_table(labels):
    cover = [["Account Summary"], *[[label, f"value {k}"] for k, label in enumerate(labels)], ["Equity", "100"]]
    held = [["Instrument", "ISIN", "Units"], ["CNOOC", "HK0883013259", 5], ["Apple", "US0378331005", 3]]
    intake = understand(cover, held)
    assert rows(intake, "security_name") == [(2, "CNOOC"), (3, "Apple")]


@pytest.mark.parametrize("code", ["600050 C1", "0941 H1", "002415 C2"])
def test_codes_of_the_stock_connects_in_brackets_are_tickers(code):
    intake = understand([["Security", "Units"], [f"SOME NAME LTD ({code})", 5], ["APPLE INC", 3]])
    assert rows(intake, "ticker", "security_name")[0] == (2, code, "SOME NAME LTD")
