"""What a column, line or table of a sheet says of another: codes before names, lists of securities, words of totals."""

import pytest
from gridmaker import aside, codes, rows, understand


@pytest.mark.parametrize(
    "names",
    [
        ["00941 チャイナ・モバイル", "00700 テンセント"],
        ["C1HL34 - CHINA MOBILE LTD", "PETR4 - PETROBRAS"],
    ],
)
def test_a_code_before_each_name_is_its_code(names):
    found = understand([["Security", "Quantity"], [names[0], "100"], [names[1], "200"]])
    code, name = names[0].split(" ", 1)
    assert rows(found, "ticker", "security_name")[0] == (2, code, name.removeprefix("- "))


@pytest.mark.parametrize(
    "names", [["2026 Growth Fund", "2026 Income Fund"], ["3M CO", "APPLE INC"], ["1000 Apples Inc", "Tencent"]]
)
def test_a_number_that_is_no_code_stays_in_the_name(names):
    found = understand([["Security", "Quantity"], [names[0], "100"], [names[1], "200"]])
    assert found.table["security_name"].tolist() == names


STATEMENT = [
    ["Positions", "Header", "Currency", "Symbol", "Quantity", "Value"],
    ["Positions", "Data", "HKD", "941", "500", "35600"],
    ["Positions", "Data", "USD", "AMZN", "10", "1800"],
    ["Positions", "SubTotal", "USD", "AMZN", "10", "1800"],
    ["Positions", "Total", "", "", "", "37400"],
    ["Instruments", "Header", "Symbol", "Description", "ISIN", "Exchange"],
    ["Instruments", "Data", "941", "CHINA MOBILE LTD", "HK0941009539", "SEHK"],
    ["Instruments", "Data", "DUP", "FIRST CORP", "US0378331005", "NYSE"],
]


def test_positions_of_a_code_alone_are_named_by_the_list_beside_them():
    found = understand(STATEMENT)
    assert rows(found, "security_name", "isin", "ticker")[:2] == [
        (2, "CHINA MOBILE LTD", "HK0941009539", "941"),
        (3, "", "", "AMZN"),
    ]
    assert "NAMED_BY_LIST" in codes(found)


def test_a_list_that_gives_a_code_two_names_gives_it_none():
    twice = [*STATEMENT, ["Instruments", "Data", "941", "OTHER CORP", "US5949181045", "NYSE"]]
    assert rows(understand(twice), "security_name")[0] == (2, "")


def test_a_column_that_calls_a_line_a_total_is_believed():
    assert [(row, why) for row, why in aside(understand(STATEMENT)) if why == "total"] == [(4, "total"), (5, "total")]


def test_a_line_that_sums_in_one_cell_is_no_holding_without_a_name():
    held = [["Stück", "Bezeichnung", "Kurs", "Wert"], ["12", "China Mobile", "9,5", "114,0"], ["7", "SAP", "1", "7,0"]]
    assert aside(understand([*held, ["Depotwert: 121,00 EUR"]])) == [(4, "total")]


def test_a_title_below_a_blank_row_is_no_second_line_of_the_one_holding():
    found = understand(
        [
            ["Name", "数量", "評価額"],
            ["SMIC", "5", "10"],
            [],
            ["Funds held elsewhere"],
            ["Name", "数量", "評価額"],
            ["X1 Fund", "7", "70"],
        ]
    )
    assert rows(found, "security_name", "more_rows") == [(2, "SMIC", ""), (6, "X1 Fund", "")]


def test_the_numbers_of_a_blotters_own_rows_identify_no_security():
    blotter = [
        ["Id", "Trade date", "Action", "Security", "ISIN", "Quantity"],
        ["1000000001", "2026-01-08", "Buy", "China Mobile Ltd", "HK0941009539", "13"],
        ["1000000002", "2026-01-09", "Deposit", "", "", "100"],
    ]
    found = understand(blotter)
    assert found.table["other_id"].tolist() == [""] * len(found.table)


def test_a_countrys_letters_in_a_column_of_currencies_mean_its_own():
    found = understand([["Titre", "Quantité", "Devise"], ["CHINA MOBILE", "5", "CAN"], ["APPLE INC", "6", "USA"]])
    assert found.table["currency"].tolist() == ["CAD", "USD"]


def test_codes_under_a_heading_of_names_are_tickers_too():
    found = understand([["Holding", "Shares"], ["AAPL", "5"], ["CHL", "10"], ["BRK.B", "3"]])
    assert rows(found, "security_name", "ticker") == [(2, "AAPL", "AAPL"), (3, "CHL", "CHL"), (4, "BRK.B", "BRK.B")]
    worded = understand([["Holding", "Shares"], ["Apple Inc", "5"], ["SMIC", "10"], ["China Mobile", "3"]])
    assert not any(worded.table["ticker"])


def test_how_a_position_is_held_is_no_name():
    held = [["Trading Symbol", "Quantity", "Product"], ["POLYCAB-EQ", "2", "DELIVERY"], ["WABAG-EQ", "3", "DELIVERY"]]
    assert rows(understand(held), "security_name", "ticker")[0] == (2, "", "POLYCAB-EQ")
    named = [["Symbol", "Quantity", "Product"], ["MC", "2", "LVMH"], ["BP", "3", "SHELL"]]
    assert understand(named).table["security_name"].tolist() == ["LVMH", "SHELL"]


def test_funds_by_their_codes_alone_are_held_under_these():
    held = [
        ["fund_code", "shares", "source"],
        ["007339", "52.5", "screenshot of page"],
        ["021894", "7.1", "by hand, later"],
    ]
    assert rows(understand(held), "other_id", "security_name") == [(2, "007339", ""), (3, "021894", "")]


def test_a_total_among_sections_heads_no_table():
    found = understand(
        [
            ["Holdings", "", "", "Symbol", "Quantity", "Value", "Currency"],
            ["Holdings", "Stock", "", "00941 CHINA MOBILE", "500", "35600", "HKD"],
            ["Holdings", "Stock", "TOTAL", "", "", "35600", "HKD"],
            ["Holdings", "Stock", "", "AAPL APPLE", "10", "1800", "USD"],
            ["Holdings", "Stock", "TOTAL", "", "", "1800", "USD"],
        ]
    )
    assert rows(found, "ticker", "security_name") == [(2, "00941", "CHINA MOBILE"), (4, "", "AAPL APPLE")]
    assert aside(found) == [(3, "total"), (5, "total")]


def test_further_fills_of_an_order_belong_to_it():
    found = understand(
        [
            ["Side", "Symbol", "Name", "Fill Qty", "Fill Amount", "Fill Time"],
            ["Buy", "00941", "CHINA MOBILE", "200", "14250", "2026-03-05 10:15:41"],
            ["", "", "", "300", "21375", "2026-03-05 10:15:42"],
            ["Sell", "AAPL", "APPLE", "4", "720", "2026-03-05 22:15:41"],
        ]
    )
    assert rows(found, "quantity", "more_rows") == [(2, "500", "3"), (4, "4", "")]


def test_what_a_download_was_filtered_by_is_no_holding():
    view = [["Symbol", "Security Types", "Quantity"], ["All", "All", "Any"], ["CHL", "Equity", "100"]]
    assert rows(understand(view), "ticker") == [(3, "CHL")]


def test_nine_zeros_and_flags_identify_nothing():
    found = understand(
        [
            ["Issuer", "CUSIP", "Balance", "Is Restricted Security"],
            ["China Telecom Corp Ltd", "000000000", "5", "N"],
            ["Apple Inc", "037833100", "6", "N"],
        ]
    )
    assert rows(found, "cusip", "ticker") == [(2, "", ""), (3, "037833100", "")]


def test_words_of_deals_are_known_in_every_language_that_blotters_are_read_in():
    found = understand(
        [
            ["Datum obchodu", "Symbol", "Cena", "Počet", "Poznámka k pokynu"],
            ["3.1.2026", "AAPL", "180,10", "10", "Nákup"],
            ["4.1.2026", "CHL", "45,10", "100", "Prodej"],
        ]
    )
    assert found.table["security_name"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("text", "name", "ticker"),
    [
        ("CNOOC (CEO)", "CNOOC", "CEO"),
        ("China Mobile (CHL)", "China Mobile", "CHL"),
        ("Petrobras (PBR-A)", "Petrobras", "PBR-A"),
        ("CHL | China Mobile Ltd", "China Mobile Ltd", "CHL"),
        ("00941: China Mobile", "China Mobile", "00941"),
        ("NYSE: CHL", "NYSE: CHL", ""),
        ("China Mobile (ADR)", "China Mobile (ADR)", ""),
        ("World Index (ACC)", "World Index (ACC)", ""),
        ("China Mobile (Asia)", "China Mobile (Asia)", ""),
    ],
)
def test_a_code_marked_off_from_a_name_is_its_ticker(text, name, ticker):
    found = understand([["Holding", "Shares"], [text, "5"], ["Nestle SA Namen", "6"]])
    assert rows(found, "security_name", "ticker")[0] == (2, name, ticker)
