"""What kind of instrument a row is, by column words, codes, symbols and names; 537 real warrants and CBBCs too."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.instruments import classify
from cmic_screen.model import InstrumentKind, Scheme, SecurityIdentifier


def kind(identifiers=(), **row):
    return classify(row, identifiers)[0].value


@pytest.mark.parametrize(
    ("asset_class", "expected"),
    [
        ("Equity", "SHARE"), ("Common Stock", "SHARE"), ("Aktien", "SHARE"), ("Actions", "SHARE"),
        ("Aandelen", "SHARE"),
        ("Acciones", "SHARE"), ("Azioni", "SHARE"), ("Aktier", "SHARE"), ("股票", "SHARE"), ("株式", "SHARE"),
        ("EC", "SHARE"),
        ("Emerging Markets Equity", "SHARE"), ("REIT", "SHARE"), ("Real Estate Investment Trust", "SHARE"),
        ("Preferred Stock", "PREFERRED"), ("Vorzugsaktien", "PREFERRED"), ("EP", "PREFERRED"),
        ("CDS", "SWAP"), ("Credit Default Swap", "SWAP"),
        ("ADR", "RECEIPT"), ("Depositary Receipts", "RECEIPT"), ("SPONSORED ADR", "RECEIPT"),
        ("Fixed Income", "BOND"), ("Corporate Bond", "BOND"), ("Anleihen", "BOND"), ("Obligations", "BOND"),
        ("Obligaties", "BOND"), ("Bonos", "BOND"), ("Obbligazioni", "BOND"), ("债券", "BOND"), ("DBT", "BOND"),
        ("Loan Participation Note", "BOND"), ("Convertible Bond", "CONVERTIBLE"), ("Wandelanleihe", "CONVERTIBLE"),
        ("可转债", "CONVERTIBLE"), ("Warrant", "WARRANT"), ("Derivative Warrants", "WARRANT"),
        ("Optionsschein", "WARRANT"),
        ("Rights", "RIGHT"), ("Bezugsrechte", "RIGHT"), ("Equity Option", "OPTION"), ("期权", "OPTION"),
        ("Futures", "FUTURE"), ("Index Future", "INDEX_FUTURE"), ("Callable Bull/Bear Contracts", "CBBC"),
        ("牛熊证", "CBBC"), ("Structured Note", "STRUCTURED_NOTE"), ("Zertifikate", "STRUCTURED_NOTE"), ("CFD", "SWAP"),
        ("Equity Swap", "SWAP"), ("ETF", "FUND"), ("Mutual Fund", "FUND"), ("Equity Fund", "FUND"),
        ("Aktienfonds", "FUND"),
        ("Exchange Traded Products", "FUND"), ("Offene Immobilienfonds", "FUND"), ("基金", "FUND"), ("STIV", "FUND"),
        ("Hedge Fund", "FUND"), ("Commercial Paper", "MONEY_MARKET_PAPER"), ("Bank Loan", "LOAN"), ("LON", "LOAN"),
        ("Private Equity", "PRIVATE"), ("Beteiligung", "PRIVATE"), ("Cash", "CASH"), ("Liquidität", "CASH"),
        ("FX Forward", "CASH"), ("现金", "CASH"), ("Commodity", "COMMODITY"), ("", "UNKNOWN"), ("Sonstiges", "UNKNOWN"),
        ("ESVUFR", "SHARE"), ("EDSXFR", "RECEIPT"), ("DBFUFR", "BOND"), ("CEOGES", "FUND"), ("OCASPS", "OPTION"),
        ("FFICSX", "INDEX_FUTURE"), ("FFSPSX", "FUTURE"), ("RWSTCA", "WARRANT"), ("SECTSC", "SWAP"),
        ("EQUITY", "SHARE"),
        ("STOCKS", "SHARE"), ("OPTION", "OPTION"), ("XL31", "SHARE"), ("HK22", "CONVERTIBLE"), ("XLA1", "INDEX_FUTURE"),
        ("IE43", "FUND"),
    ],
)  # fmt: skip
def test_columns(asset_class, expected):
    assert kind(security_name="Example", asset_class=asset_class) == expected
    assert kind(security_name="Example", security_type=asset_class) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CHINA MOBILE LTD", "SHARE"), ("CHINA MOBILE LTD SPON ADR", "RECEIPT"), ("HIKVISION DIGITAL-A", "SHARE"),
        ("CNOOC FIN 2015 US 4.375% 02/05/28", "BOND"), ("CNOOC B2709-R", "BOND"), ("UB-CMOB@EC2603A", "WARRANT"),
        ("HSCNOOC@EC2611A", "WARRANT"), ("HS#SMIC RC2608H", "CBBC"), ("UB#C MOBRC2710E", "CBBC"),
        ("SMIC CW DEC26 SEMICONDUCTOR MANUFACTURING INTL", "WARRANT"),
        ("LEPO CHINA COMMUNICATIONS CONSTRUCTION CW27", "WARRANT"),
        ("P-NOTE HANGZHOU HIKVISION DIGITAL TECH 2027", "STRUCTURED_NOTE"),
        ("CHINA RAILWAY CONSTRUCTION SSF DEC26", "FUTURE"),
        ("CHL 01/21/2022 30.00 C", "OPTION"), ("CHL US 01/21/22 C30", "OPTION"),
        ("CALL (CHL) CHINA MOBILE JAN 21 22 $30", "OPTION"),
        ("HSCEI FUT DEC26", "INDEX_FUTURE"), ("MSCI CHINA A50 INDEX FUTURE DEC26", "INDEX_FUTURE"),
        ("iShares MSCI China ETF", "FUND"), ("VANGUARD FTSE EMERG MARKET UCI", "FUND"),
        ("XTRACKERS CSI300 SWAP", "FUND"),
        ("1895 Wereld Aandelen Enh Indexfonds", "FUND"), ("Scottish Mortgage Investment Trust PLC", "FUND"),
        ("TEMPLETON DRAGON FUND INC", "FUND"), ("华夏沪深300ETF", "FUND"), ("易方达中国基金", "FUND"),
        ("NORTHERN TRUST CORP", "SHARE"), ("OPTION CARE HEALTH INC COM USD0.0001", "SHARE"), ("INVESCO LTD", "SHARE"),
        ("AMUNDI SA", "SHARE"), ("VANGUARD INTERNATIONAL SEMICONDUCTOR", "SHARE"), ("LINK REIT", "SHARE"),
        ("FEDERAL REALTY INVESTMENT TRUST", "SHARE"), ("VALUE PARTNERS FUND MANAGEMENT LTD", "SHARE"),
        ("BLACKROCK INC", "SHARE"), ("TRUSTMARK CORP", "SHARE"),
    ],
)  # fmt: skip
def test_an_asset_class_of_equity_gives_way_to_the_name(name, expected):
    assert kind(security_name=name, asset_class="Equity") == expected


@pytest.mark.parametrize("name", ["Nippon Building Fund Inc", "EQUITES PROP FUND LTD", "Japan Logistics Fund Inc"])
def test_a_real_estate_company_called_a_fund_is_a_share(name):
    assert kind(security_name=name, asset_class="Equity") == "SHARE"


@pytest.mark.parametrize(
    "name", ["VZ Holding AG", "MTN GROUP LTD", "IRON MTN INC NEW", "ADR GROUP 2000", "GRUPO X SAB DE CV 1"]
)
def test_an_issuers_own_word_is_no_notation(name):
    assert kind(security_name=name, asset_class="Equity") == "SHARE"


def test_an_option_on_a_fund_counts_as_the_fund():
    assert kind(security_name="iShares MSCI China ETF", security_type="Option", put_call="Put") == "FUND"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"security_name": "CHINA MOBILE", "put_call": "Call"}, "OPTION"),
        ({"security_name": "CHINA MOBILE", "put_call": "N/A"}, "UNKNOWN"),
        ({"security_name": "CNOOC", "put_call": "Call", "security_type": "Corporate Bond"}, "BOND"),
        ({"security_name": "PROVEN HONOUR CAPITAL", "maturity_date": "2029-05-06"}, "BOND"),
        ({"security_name": "PROVEN GLORY", "coupon": "3.25"}, "BOND"),
        ({"security_name": "CHINA MOBILE", "coupon": "0"}, "UNKNOWN"),
        ({"security_name": "CNOOC 3.5 30", "security_type": "PRIV PLACEMENT", "maturity_date": "2030-01-01"}, "BOND"),
        ({"security_name": "SZ DJI", "security_type": "Private Placement"}, "UNKNOWN"),
        ({"security_name": "Money", "ticker": "SWVXX"}, "FUND"),
        ({"security_name": "Money", "ticker": "SWVXX", "exchange": "SEHK"}, "UNKNOWN"),
        ({"security_name": "HSI", "ticker": "HIZ6 Index"}, "INDEX_FUTURE"),
        ({"security_name": "HANG SENG INDEX FUTURE DEC26", "asset_class": "Future"}, "INDEX_FUTURE"),
        ({"security_name": "TRS MSCI CHINA INDEX", "asset_class": "Swap"}, "INDEX_FUTURE"),
        ({"security_name": "OPT 4711", "asset_class": "Option", "underlying_name": "Hang Seng Index"}, "INDEX_FUTURE"),
        ({"security_name": "UB#HSI  RC2701G"}, "INDEX_FUTURE"),
        ({"security_name": "UB-HSI @EC2612A"}, "INDEX_FUTURE"),
        ({"security_name": "EURO STOXX 50 AUTOCALL 2027"}, "INDEX_FUTURE"),
        ({"security_name": "UK INDEX LINKED GILT 2.5% 2030"}, "STRUCTURED_NOTE"),
        ({"security_name": "MINI LONG WARRANT APPLE 150"}, "WARRANT"),
        ({"security_name": "VANGUARD S&P 500 PUT 300 DEC26", "asset_class": "Option"}, "FUND"),
        ({"security_name": "CHL", "ticker": "CHL220121C00030000"}, "OPTION"),
        ({"issuer": "CHINA MOBILE WARRANTS"}, "WARRANT"),
        ({}, "UNKNOWN"),
    ],
)
def test_other_columns(row, expected):
    assert kind(**row) == expected


def test_an_option_symbol_among_the_identifiers():
    symbol = SecurityIdentifier(scheme=Scheme.OCC, value="CHL   220121C00030000")
    assert kind((symbol,), security_name="CHINA MOBILE LTD", asset_class="Equity") == "OPTION"


def test_cash_is_never_told_by_a_word_alone():
    isin = SecurityIdentifier(scheme=Scheme.ISIN, value="HK0941009539")
    assert kind(security_name="US DOLLAR", asset_class="Cash") == "CASH"
    assert kind((isin,), security_name="CHINA MOBILE", asset_class="Cash") == "UNKNOWN"


def test_a_reason_is_always_given():
    assert classify({"security_name": "X", "asset_class": "Equity"}, ()) == (
        InstrumentKind.SHARE,
        "asset class 'Equity'",
    )
    assert classify({}, ())[1]


@given(
    st.dictionaries(st.sampled_from(["security_name", "asset_class", "security_type", "ticker", "put_call"]), st.text())
)
def test_any_text_is_some_kind(row):
    assert classify(row, ())[0] in InstrumentKind


def test_every_labelled_warrant_and_cbbc_of_hong_kong(shared):
    with (shared / "master" / "master_truth.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["on_ns_cmic"] == "derivative"]
    assert len(rows) == 537
    wrong = [r["name"] for r in rows if kind(security_name=r["name"]) != ("WARRANT" if "Warr" in r["note"] else "CBBC")]
    assert wrong == []
