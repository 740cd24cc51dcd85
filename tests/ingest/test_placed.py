"""Codes stand where their content says they belong, and what a label names where its label says."""

from __future__ import annotations

from gridmaker import rows, understand

CODES = ("isin", "cusip", "sedol", "valor", "ticker", "other_id")


def test_a_column_of_tickers_and_identifiers_is_parted_by_content():
    intake = understand(
        [
            ["Code", "Stock", "Holding", "Value"],
            ["941 HK", "CHINA MOBILE", 3000, 252600],
            ["HK0883013259", "CNOOC", 4000, 77200],
            ["B00G0S5", "CNOOC AGAIN", 10, 190],
            ["AAPL", "APPLE", 5, 1300],
        ]
    )
    assert rows(intake, *CODES) == [
        (2, "", "", "", "", "941 HK", ""),
        (3, "HK0883013259", "", "", "", "", ""),
        (4, "", "", "B00G0S5", "", "", ""),
        (5, "", "", "", "", "AAPL", ""),
    ]


def test_labelled_codes_go_to_their_scheme_unless_the_content_speaks_against_it():
    intake = understand(
        [
            ["Description", "Quantity", "Value"],
            ["ROCHE GS ISIN CH0012032048 Valor 1203204", 5, 1300],
            ["ZIJIN MINING CUSIP: 6725299", 7, 300],
            ["CHINA MOBILE LTD (SEDOL 6073556)", 9, 800],
        ]
    )
    assert rows(intake, *CODES) == [
        (2, "CH0012032048", "", "", "1203204", "", ""),
        (3, "", "", "", "", "", "CUSIP: 6725299"),
        (4, "", "", "6073556", "", "", ""),
    ]


def test_mixed_codes_with_a_market_are_tickers_and_a_firms_own_number_is_none():
    intake = understand(
        [
            ["Product Code", "Name", "Units"],
            ["0941.HK", "China Mobile", 5000],
            ["HK0941", "Tencent", 10],
            ["LU0244354667", "Schroder China", 4],
        ]
    )
    assert rows(intake, "ticker", "isin", "other_id") == [
        (2, "0941.HK", "", ""),
        (3, "", "", "HK0941"),
        (4, "", "LU0244354667", ""),
    ]


def test_a_header_of_symbols_and_identifiers_is_both():
    intake = understand(
        [
            ["Symbol/CUSIP", "Investment", "Shares", "Market Value"],
            ["CHA", "China Telecom Corp Ltd ADR", 150, 9015],
            ["037833100", "Apple Inc", 10, 2684],
        ]
    )
    assert rows(intake, "ticker", "cusip", "other_id") == [(2, "CHA", "", ""), (3, "", "", "037833100")]


def test_cells_and_lines_stay_as_they_stand():
    intake = understand(
        [["Code", "ISIN", "Name", "Units"], ["HK0883013259", None, "CNOOC", 5], ["AAPL", "US0378331005", "Apple", 3]]
    )
    assert list(intake.table["cells"]) == ["HK0883013259 |  | CNOOC | 5", "AAPL | US0378331005 | Apple | 3"]
