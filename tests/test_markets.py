"""Tickers in every usual notation; one canonical code, and a market only where it was stated or left no choice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.markets import MIC_COUNTRY, exchange_mic, is_line, mainland_mic, market_country, parse_ticker


@pytest.mark.parametrize(
    "text",
    [
        "941 HK", "941 HK Equity", "0941.HK", "0941.HK.", "00941.HK", "HK.00941", "HKG:0941", "HKEX:941", "SEHK: 941",
        "XHKG:941", "941:XHKG", "0941:xhkg", "941-HK", "HKEX 941", "hk00941", "0941.HK^J21", "９４１ ＨＫ",
    ],
)  # fmt: skip
def test_one_hong_kong_code_in_every_notation(text):
    ticker = parse_ticker(text)
    assert (ticker.code, ticker.mic) == ("941", "XHKG")


@pytest.mark.parametrize(
    ("text", "code", "mic"),
    [
        ("600050 CH", "600050", "XSHG"),
        ("600050 C1", "600050", "XSHG"),
        ("002415 C2", "002415", "XSHE"),
        ("941 H1", "941", "XHKG"),
        ("00941 H2 Equity", "941", "XHKG"),
        ("600050 CG", "600050", "XSHG"),
        ("600050 CN", "600050", "XSHG"),
        ("002415 CS", "002415", "XSHE"),
        ("002415 CN", "002415", "XSHE"),
        ("2415 CS", "002415", "XSHE"),
        ("600862  CN", "600862", "XSHG"),
        ("603019CN", "603019", "XSHG"),
        ("600050 SS", "600050", "XSHG"),
        ("002415 SZ", "002415", "XSHE"),
        ("600050-SH", "600050", "XSHG"),
        ("600050SS", "600050", "XSHG"),
        ("941HK", "941", "XHKG"),
        ("941 SEHK", "941", "XHKG"),
        ("0941.HKEX", "941", "XHKG"),
        ("SEB SS", "SEB", "XSTO"),
        ("CN.TO", "CN", "XTSE"),
        ("US.AAPL", "AAPL", "US"),
        ("NYSE.CHL", "CHL", "XNYS"),
        ("002415.SZ", "002415", "XSHE"),
        ("600050.SS", "600050", "XSHG"),
        ("600050.SH", "600050", "XSHG"),
        ("600050.XSHG", "600050", "XSHG"),
        ("SHSE:603019", "603019", "XSHG"),
        ("SZSE:002415", "002415", "XSHE"),
        ("SHE:002415", "002415", "XSHE"),
        ("SHA:600050", "600050", "XSHG"),
        ("sh600941", "600941", "XSHG"),
        ("SH.600941", "600941", "XSHG"),
        ("600941-CN", "600941", "XSHG"),
        ("SMICY US", "SMICY", "US"),
        ("CHL UN", "CHL", "XNYS"),
        ("OTCMKTS:SMICY", "SMICY", "OTCM"),
        ("CHA.N^A21", "CHA", "XNYS"),
        ("CNU CN", "CNU", "CA"),
        ("CNU CT", "CNU", "XTSE"),
        ("CNU.TO", "CNU", "XTSE"),
        ("ZCH GR", "ZCH", "DE"),
        ("CTM.BE", "CTM", "XBER"),
        ("MKN2.MU", "MKN2", "XMUN"),
        ("K3PD SP", "K3PD", "XSES"),
        ("C1HL34 BZ", "C1HL34", "BVMF"),
        ("VWRL:xams", "VWRL", "XAMS"),
        ("BRK.B", "BRK.B", ""),
        ("BRK/B US", "BRK/B", "US"),
        ("941", "941", ""),
        ("00941", "941", ""),
        ("600941", "600941", ""),
        ("941.0", "941", ""),
        ("AAPL", "AAPL", ""),
        ("-", "", ""),
        ("", "", ""),
        ("2330 TT", "2330", "XTAI"),
        ("005930.KS", "005930", "XKRX"),
        ("7203.T", "7203", "XTKS"),
    ],
)
def test_notations(text, code, mic):
    ticker = parse_ticker(text)
    assert (ticker.code, ticker.mic) == (code, mic)


@pytest.mark.parametrize(
    ("text", "row", "mic"),
    [
        ("941", {"exchange": "Hong Kong Exchanges And Clearing Ltd"}, "XHKG"),
        ("941", {"exchange": "XHKG"}, "XHKG"),
        ("2415", {"exchange": "Shenzhen Stock Exchange"}, "XSHE"),
        ("600941", {"exchange": "Shanghai Stock Exchange"}, "XSHG"),
        ("CHL", {"exchange": "New York Stock Exchange Inc."}, "XNYS"),
        ("CSGP", {"exchange": "NASDAQ"}, "XNAS"),
        ("000728", {"exchange": "Korea Exchange (Stock Market)"}, "XKRX"),
        ("941", {"currency": "HKD"}, "XHKG"),
        ("941", {"country": "Hong Kong"}, "XHKG"),
        ("941", {"country": "CN"}, ""),
        ("80941", {"currency": "CNY"}, "XHKG"),
        ("941", {"currency": "CNY"}, ""),
        ("941", {"currency": "JPY"}, ""),
        ("941", {"currency": "USD", "country": "HK"}, ""),
        ("600941", {"currency": "CNY"}, "XSHG"),
        ("002415", {"country": "China"}, "XSHE"),
        ("002415", {"country": "CN", "currency": "KRW"}, ""),
        ("941 HK", {"exchange": "Tokyo Stock Exchange"}, "XHKG"),
    ],
)
def test_a_bare_code_gets_a_market_only_where_the_row_leaves_no_choice(text, row, mic):
    assert parse_ticker(text, **row).mic == mic


def test_exchange_words_of_a_fund_page():
    for words, mic in {
        "Hong Kong Exchanges And Clearing Ltd": "XHKG",
        "Shanghai Stock Exchange": "XSHG",
        "Shenzhen Stock Exchange": "XSHE",
        "New York Stock Exchange Inc.": "XNYS",
        "Taiwan Stock Exchange": "XTAI",
        "Gretai Securities Market": "ROCO",
        "xams": "XAMS",
        "London Stock Exchange (ETFs)": "XLON",
        "Stock Connect - Shenzhen": "XSHE",
        "上海证券交易所": "XSHG",
        "": "",
        "-": "",
        "NO MARKET (E.G. UNLISTED)": "",
        "Clearstream - Vestima": "",
    }.items():
        assert exchange_mic(words) == mic, words


def test_mainland_numbering_is_a_hint_of_the_market_only():
    expected = {
        "600941": "XSHG",
        "688981": "XSHG",
        "900947": "XSHG",
        "000768": "XSHE",
        "302132": "XSHE",
        "200625": "XSHE",
        "920808": "BJSE",
        "835640": "BJSE",
        "400098": "NEEQ",  # delisted companies' A shares; B shares are 420…
        "420008": "NEEQ",
    }
    assert {code: mainland_mic(code) for code in expected} == expected
    assert mainland_mic("941") == mainland_mic("ABCDEF") == ""


def test_every_market_has_a_country():
    assert all(len(mic) == 4 and len(country) == 2 for mic, country in MIC_COUNTRY.items())
    assert market_country("XHKG") == "HK"
    assert market_country("US") == "US"
    assert market_country("XXXX") == ""


codes = st.one_of(st.text("0123456789", min_size=1, max_size=6), st.text("ABCDEFGH", min_size=1, max_size=5))


@given(codes, st.sampled_from(sorted(MIC_COUNTRY)))
def test_a_code_and_market_read_back_as_themselves(code, mic):
    ticker = parse_ticker(code, exchange=mic)
    assert ticker.mic == mic
    assert parse_ticker(f"{mic}:{ticker.code}") == parse_ticker(ticker.code, exchange=mic) == ticker


@given(st.text(max_size=30), st.text(max_size=20))
def test_any_text_is_answered_with_a_market_there_is(text, exchange):
    ticker = parse_ticker(text, exchange=exchange)
    assert ticker.mic == "" or len(ticker.mic) == 2 or ticker.mic in MIC_COUNTRY


@pytest.mark.parametrize(
    ("said", "code", "mic"),
    [
        ({"exchange": "香港"}, "00941", "XHKG"),
        ({"exchange": "港股"}, "00941", "XHKG"),
        ({"country": "Hong Kong SAR"}, "00941", "XHKG"),
        ({"exchange": "沪A"}, "600941", "XSHG"),
        ({"exchange": "深A"}, "002415", "XSHE"),
        ({"exchange": "東証"}, "7203", "XTKS"),
    ],
)
def test_a_market_said_in_words_places_a_bare_code(said, code, mic):
    assert parse_ticker(code, **said).mic == mic


@pytest.mark.parametrize(
    "text",
    ["0941.HK", "941 HK", "941 HK Equity", "HK:00941", "SEHK:941", "0941-HK", "600941.SS", "SH600941", "sz.002415",
     "002415 CH Equity", "NYSE:CHL", "CTM.DE", "CHL US", "CHL US Equity"],
)  # fmt: skip
def test_a_code_with_its_market_is_a_line(text: str) -> None:
    assert is_line(text)


@pytest.mark.parametrize(
    "text",
    ["", "BASF SE", "ADDLIFE AB", "TUI AG", "C3.ai", "Booking.com", "HK.ELECTRIC", "China Mobile HK", "3M Co",
     "360 One", "500 SH", "E.ON SE", "941", "CHL", "Global Equity", "2020 Bulkers", "SHIFT UP Corp",
     "NEXT US Corp", "Global AG Equity"],
)  # fmt: skip
def test_a_name_is_none(text: str) -> None:
    assert not is_line(text)
