"""Distinct securities: built once, identified by content, never cleared by what cannot clear."""

import pytest

from cmic_screen import positions
from cmic_screen.securities import build, cleared_by, cleared_in_part, distinct, usable_name


@pytest.mark.parametrize(
    ("row", "by"),
    [
        ({"isin": "US0378331005"}, "identifier"),
        ({"cusip": "037833100"}, "identifier"),
        ({"cusip": "37833100", "security_name": "APPLE INC"}, "name"),  # restored: neither proves nor clears
        ({"lei": "HWUPKR0MPOU8FGXBT394"}, ""),  # names a company, not a security
        ({"isin": "US0378331006", "security_name": "APPLE INC"}, "name"),
        ({"ticker": "AAPL US"}, ""),
        ({"security_name": "3M"}, "name"),
        ({"security_name": "AAPL.O"}, ""),  # a code is no name, wherever it stands
        ({"security_name": "SH600519", "issuer": "KWEICHOW MOUTAI"}, "name"),
        ({"security_name": "BASF SE"}, "name"),
        ({"security_name": "中国移动"}, "name"),
        ({"security_name": "-"}, ""),
        ({"security_name": "Řízení Łódź"}, "name"),
        ({"security_name": "Сбербанк"}, "name"),
        ({"security_name": "شركة الاتصالات السعودية"}, ""),  # no listed entity's name is known in such letters
        ({"security_name": "ปตท. จำกัด (มหาชน)"}, ""),
        ({"security_name": "بنك الراجحي A"}, ""),
        ({"security_name": "بنك الراجحي", "isin": "SA0007879113"}, "identifier"),
        ({"security_name": "بنك الراجحي", "issuer": "AL RAJHI BANK"}, "name"),
        ({}, ""),
    ],
)
def test_what_a_row_can_be_cleared_by(row, by):
    assert cleared_by(build(row)) == by


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({"security_name": "삼성전자"}, True),
        ({"security_name": "삼성전자", "isin": "KR7005930003"}, False),
        ({"security_name": "삼성전자", "issuer": "SAMSUNG ELECTRONICS"}, False),
        ({"security_name": "トヨタ自動車"}, False),  # its Chinese characters are compared
        ({"security_name": "アップル"}, True),
        ({"security_name": "アップル A"}, True),
        ({"security_name": "Сбербанк ао"}, True),
        ({"security_name": "APPLE"}, False),
        ({"security_name": "بنك الراجحي"}, False),
    ],
)
def test_a_name_in_letters_of_some_listed_names_only_clears_in_part(row, part):
    assert cleared_in_part(build(row)) is part


@pytest.mark.parametrize(
    ("text", "usable"), [("3M", True), ("X", False), ("12", False), ("AB", True), ("中国", True), ("", False)]
)
def test_a_usable_name_has_two_characters_and_a_letter(text, usable):
    assert usable_name(text) is usable


def test_equal_rows_are_one_security_and_each_keeps_its_fingerprint():
    rows = [{"security_name": "A PLC", "isin": "US0378331005", "account_id": a, "sector": a} for a in "xy"]
    found = distinct(positions.frame([*rows, {"security_name": "B PLC"}]))
    assert len(found.by_fingerprint) == 2
    assert found.fingerprints.tolist()[0] == found.fingerprints.tolist()[1]
    assert [s.security_name for s in found.by_fingerprint.values()] == ["A PLC", "B PLC"]


def test_an_empty_table_and_one_without_any_identity_are_no_trouble():
    assert distinct(positions.frame([])).by_fingerprint.keys() <= {build({}).fingerprint}
    found = distinct(positions.frame([{"quantity": "1"}, {"quantity": "2"}]))
    assert len(found.fingerprints) == 2
    assert len(found.by_fingerprint) == 1


def test_a_currency_that_only_the_values_are_in_neither_places_a_bare_code_nor_rules_a_market_out():
    yen = build({"ticker": "00941", "currency": "JPY", "local_currency": "XXX"})
    assert (yen.ticker, yen.mic, yen.currency) == ("941", "", "")
    tokyo = build({"ticker": "7203", "currency": "HKD", "local_currency": "XXX"})
    assert tokyo.mic == ""
    padded = build({"ticker": "00941", "currency": "HKD", "local_currency": "XXX"})
    assert (padded.ticker, padded.mic) == ("941", "XHKG")
    traded = build({"ticker": "941", "currency": "JPY", "local_currency": "HKD"})
    assert (traded.mic, traded.currency) == ("XHKG", "HKD")


@pytest.mark.parametrize(
    ("row", "ticker", "mic", "name"),
    [
        ({"security_name": "0941.HK"}, "941", "XHKG", "0941.HK"),
        ({"security_name": "2415.SZ"}, "002415", "XSHE", "2415.SZ"),
        ({"issuer": "SH600941"}, "600941", "XSHG", ""),
        ({"security_name": "NYSE:CHL", "ticker": "941 HK"}, "941", "XHKG", "NYSE:CHL"),
        ({"security_name": "TUI AG"}, "", "", "TUI AG"),
        ({"security_name": "SMIC HK"}, "SMIC", "XHKG", "SMIC HK"),
        ({"security_name": "SMICY"}, "SMICY", "", "SMICY"),
    ],
)
def test_a_code_where_the_name_belongs_is_read_as_a_ticker(row, ticker, mic, name):
    security = build(row)
    assert (security.ticker, security.mic, security.security_name) == (ticker, mic, name)
