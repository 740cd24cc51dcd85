"""Columns told by header and content: the known words of many languages, and what content overrules."""

from __future__ import annotations

import pytest

from cmic_screen.ingest import columns, content, read_holdings, vocabulary

WORDS = [
    ("Security Description", "security_name"),
    ("Descrizione titolo", "security_name"),
    ("Värdepapper", "security_name"),
    ("Arvopaperi", "security_name"),
    ("Verdipapir", "security_name"),
    ("Værdipapir", "security_name"),
    ("Description du titre", "security_name"),
    ("证券名称", "security_name"),
    ("銘柄名", "security_name"),
    ("Emittente", "issuer"),
    ("Code ISIN", "isin"),
    ("ISIN-koodi", "isin"),
    ("CUSIP #", "cusip"),
    ("Valoren-Nr.", "valor"),
    ("Kortnamn", "ticker"),
    ("成份券代码Constituent Code", "ticker"),
    ("Quantità", "quantity"),
    ("Antal", "quantity"),
    ("Stück/Nominal", "quantity"),
    ("Nombre de titres", "quantity"),
    ("Valeur marchande", "market_value"),
    ("Market Value(NOK)", "market_value"),
    ("Controvalore EUR", "market_value"),
    ("Värde SEK", "market_value"),
    ("Marktwaarde", "market_value"),
    ("No de compte", "account_id"),
    ("Depå", "account_id"),
    ("Tili", "account_id"),
    ("Divisa", "currency"),
    ("Devise", "currency"),
    ("% of Port", "weight_pct"),
    ("46_Issuer name", "issuer"),
    ("Brzgl", ""),
]
ISINS = ["HK0941009539", "US0378331005", "KYG875721634"]
NAMES = ["CHINA MOBILE LTD", "APPLE INC", "TENCENT HOLDINGS"]
SETTLED = [
    (["Security", "Value"], [NAMES, ["100.5", "20.1", "3.5"]], ["security_name", "market_value"]),
    (["Security", "Name"], [ISINS, NAMES], ["isin", "security_name"]),
    (
        ["Valor", "Name", "Wert"],
        [["908440", "1213853", "3886335"], NAMES, ["1,5", "2,5", "3,5"]],
        ["valor", "security_name", "market_value"],
    ),
    (["Valor", "ISIN", "Títulos"], [NAMES, ISINS, ["5", "6", "7"]], ["security_name", "isin", "quantity"]),
    (["Identifier", "Name"], [["037833100", "67066G104", "88160R101"], NAMES], ["cusip", "security_name"]),
    (
        ["Valuta", "Name", "Datum"],
        [["EUR", "USD", "EUR"], NAMES, ["31.10.2026", "30.10.2026", "29.10.2026"]],
        ["currency", "security_name", "as_of_date"],
    ),
    (
        ["Date", "Action", "Description"],
        [["31.10.2026", "30.10.2026", "29.10.2026"], ["Buy", "Sell", "Dividend"], NAMES],
        ["trade_date", "transaction_type", "security_name"],
    ),
    (
        ["Trade Time", "Action", "Description"],
        [["2021-08-02T04:01:00Z", "2021-08-02 12:01 HKT", "2021-08-03 09:30"], ["Buy", "Sell", "Dividend"], NAMES],
        ["trade_date", "transaction_type", "security_name"],
    ),
    (
        ["Trade Date", "Trade Time", "Action", "Description"],
        [["2021-08-02"] * 3, ["2021-08-02T04:01:00Z"] * 3, ["Buy", "Sell", "Dividend"], NAMES],
        ["trade_date", "trade_time", "transaction_type", "security_name"],
    ),
    (
        ["Art", "Position", "Anteile"],
        [["Aktie", "ETF", "Aktie"], NAMES, ["1", "2", "3"]],
        ["security_type", "security_name", "quantity"],
    ),
    (
        ["Region", "Country", "Name"],
        [["Asia", "America", "Asia"], ["China", "Brazil", "India"], NAMES],
        ["", "country", "security_name"],
    ),
]


@pytest.mark.parametrize(("header", "field"), WORDS)
def test_a_header_is_known_in_the_languages_of_statements(header, field):
    found = vocabulary.fields_of(header)
    assert (max(found, key=lambda n: found[n]) if found else "") == field


@pytest.mark.parametrize(("headers", "texts", "fields"), SETTLED)
def test_content_settles_what_a_header_leaves_open(headers, texts, fields):
    uses = columns.map_columns(headers, [content.profile(t) for t in texts])
    assert [u.field for u in uses] == fields
    assert all(u.reason for u in uses)
    assert all(0 <= u.confidence <= 1 for u in uses)


def test_a_fixed_column_is_not_argued_with():
    uses = columns.map_columns(
        ["A", "Name"], [content.profile(NAMES), content.profile(ISINS)], {0: "issuer", 1: "isin"}
    )
    assert [u.field for u in uses] == ["issuer", "isin"]


def test_check_digits_need_letters_or_a_label_to_be_sure():
    assert content.sure_code("HK0941009539")
    assert content.sure_code("ISIN: HK0941009539")
    assert not content.sure_code("037833100")
    assert not content.sure_code("30-Oct-2026")


def test_a_few_known_words_head_a_table_with_hundreds_of_a_firms_own_columns(tmp_path):
    own = [f"Factor{i}" for i in range(300)]
    words = ("alpha", "growth", "income", "north", "stable")
    rows = [
        ["Name", "ISIN", *own],
        ["ACME LTD", "", *(words[i % 5] for i in range(300))],
        ["CHINA MOBILE LTD", "HK0941009539", *(words[i % 4] for i in range(300))],
        ["NESTLE SA", "CH0038863350", *(words[i % 3] for i in range(300))],
    ]
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    intake = read_holdings([path])
    assert list(intake.table["security_name"]) == ["ACME LTD", "CHINA MOBILE LTD", "NESTLE SA"]
    assert list(intake.table["isin"]) == ["", "HK0941009539", "CH0038863350"]
