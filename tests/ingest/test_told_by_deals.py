"""Columns that say what was done are no names; lists that count what is held are read under headings we do not know."""

import pytest
from gridmaker import aside, codes, rows, understand

PLATFORM = [
    ["Date", "Type", "Details", "Amount", "Units", "Asset type"],
    ["05/03/2026 10:00:00", "Position closed", "00941.HK/HKD", "18.43", "2", "Stocks"],
    ["21/03/2026 10:00:00", "Open Position", "AAPL/USD", "49.88", "3", "Stocks"],
    ["22/03/2026 10:00:00", "Interest Payment", "", "0.08", "", ""],
]


def test_what_was_done_is_not_the_name_of_what_is_held():
    found = understand(PLATFORM)
    assert rows(found, "security_name", "ticker", "currency", "transaction_type") == [
        (2, "", "00941.HK", "HKD", "Position closed"),
        (3, "", "", "USD", "Open Position"),
    ]
    assert found.table["other_id"].tolist() == ["", "AAPL"]


DEALS = [
    ["Data", "Data valuta", "Descrizione", "Titolo", "Isin", "Quantita"],
    ["15/01/2026", "17/01/2026", "Compravendita", "CHINA MOBILE", "HK0941009539", "5"],
    ["16/01/2026", "18/01/2026", "Compravendita", "APPLE INC", "US0378331005", "2"],
    ["17/01/2026", "19/01/2026", "Dividendo", "APPLE INC", "US0378331005", ""],
    ["17/01/2026", "19/01/2026", "Compravendita", "TENCENT", "KYG875721634", "4"],
]


def test_one_word_beside_several_securities_names_none_of_them():
    found = understand(DEALS)
    assert rows(found, "security_name", "issuer", "transaction_type", "trade_date")[0] == (
        2, "CHINA MOBILE", "", "Compravendita", "2026-01-15",
    )  # fmt: skip


def test_words_of_deals_are_kept_as_names_where_only_they_say_what_was_bought():
    alone = [*DEALS, ["18/01/2026", "20/01/2026", "Acquisto SMIC", "", "", "7"]]
    assert rows(understand(alone), "security_name", "transaction_type")[-1] == (6, "SMIC", "Acquisto")


@pytest.mark.parametrize(
    ("told", "name", "done"),
    [
        ("YOU BOUGHT CHINA MOBILE LTD SPON ADR (Cash)", "CHINA MOBILE LTD SPON ADR", "YOU BOUGHT"),
        ("Bought 1,550 China Mobile Ltd", "China Mobile Ltd", "Bought"),
        ("Kauf aus Emission CHINA MOBILE LTD", "CHINA MOBILE LTD", "Kauf aus Emission"),
        ("Verkauf 200 Stk. SMIC", "SMIC", "Verkauf"),
        ("CNOOC Ltd 1000 @ 2500.00", "CNOOC Ltd", ""),
        ("PURCHASED HKD / SOLD USD FWD", "PURCHASED HKD / SOLD USD FWD", ""),
    ],
)
def test_a_name_in_a_line_of_what_was_done(told, name, done):
    found = understand([["Description", "Quantity"], [told, "5"], ["Nestle SA", "6"]])
    assert found.table["security_name"].tolist() == [name, "Nestle SA"]
    assert ([*found.table["transaction_type"]] or [""])[0] == done


def test_words_of_deals_in_a_name_stay_where_few_are_written_so():
    names = ["Buy Write Income ETF", *(f"Company {c} Inc" for c in "ABCDEF")]
    found = understand([["Security", "Quantity"], *([n, "5"] for n in names)])
    assert found.table["security_name"].tolist() == names


def test_a_remark_that_says_in_every_row_what_was_done_is_the_action():
    found = understand(
        [
            ["Date", "Investment Name", "Transaction Details", "Quantity", "Price"],
            ["25/03/2026", "China Mobile Ltd", "Bought 20 China Mobile Ltd", "20", "9.5"],
            ["26/03/2026", "Apple Inc", "Sold 1 Apple Inc", "1", "200.1"],
        ]
    )
    assert rows(found, "trade_date", "transaction_type")[1] == (3, "2026-03-26", "Sold 1 Apple Inc")


def test_a_list_under_an_unknown_heading_for_names_is_read_beside_another():
    found = understand(
        [
            ["Heimische Aktien"],
            ["Bennennung der Werte", "Stück", "Kurs", "Kurswert"],
            ["China Mobile Ltd", "100", "9.5", "950"],
            ["Siemens Energy", "10", "55", "550"],
            [],
            ["Fonds"],
            ["Wertpapier", "Stück", "Kurs", "Kurswert"],
            ["World Index Fund", "7", "100", "700"],
        ]
    )
    assert found.table["security_name"].tolist() == ["China Mobile Ltd", "Siemens Energy", "World Index Fund"]
    assert "TABLE_NOT_READ" not in codes(found)
    assert [reason for _, reason in aside(found)] == ["preamble", "section title"]


def test_funds_that_stand_once_each_are_what_is_held():
    held = understand([["Fund Account Number", "Fund Name", "Price", "Shares"], ["7-01", "Growth Fund A", "9.4", "3"]])
    assert rows(held, "security_name", "portfolio") == [(2, "Growth Fund A", "")]
    listed = understand(
        [
            ["fund_name", "product_url", "isin", "ticker"],
            ["MSCI World ETF", "https://funds.example/a", "IE00B4L5Y983", "SWDA"],
            ["Covered Bond ETF", "https://funds.example/b", "IE00B3B8Q275", "ICOV"],
        ]
    )
    assert listed.table["security_name"].tolist() == ["MSCI World ETF", "Covered Bond ETF"]
