"""Identifiers by content: what is accepted, what is rejected with which rule, and agreement with python-stdnum."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import cusip as std_cusip
from stdnum import figi as std_figi
from stdnum import isin as std_isin
from stdnum import lei as std_lei
from stdnum.gb import sedol as std_sedol

from cmic_screen.identifiers import classify, cusips_of_number, derive
from cmic_screen.model import Origin, Scheme, SecurityIdentifier

ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def found(text, hint=None):
    return [(i.scheme.value, i.value, i.origin.value) for i in classify(text, hint).identifiers]


def faults(text, hint=None):
    return [(r.scheme.value, r.fault) for r in classify(text, hint).rejected]


@pytest.mark.parametrize(
    ("text", "hint", "scheme", "value"),
    [
        ("HK0941009539", None, "isin", "HK0941009539"),
        ("hk 0941 00953 9", None, "isin", "HK0941009539"),
        ("ＨＫ０９４１００９５３９", None, "isin", "HK0941009539"),
        ("ISIN: US16941M1099", None, "isin", "US16941M1099"),
        ("CNE1000002V2", Scheme.CUSIP, "isin", "CNE1000002V2"),
        ("XS1401816761", Scheme.SEDOL, "isin", "XS1401816761"),
        ("CND10001WSL0", None, "isin", "CND10001WSL0"),
        ("16941M109", None, "cusip", "16941M109"),
        ("16941M109", Scheme.ISIN, "cusip", "16941M109"),
        ("16941m-10-9", Scheme.CUSIP, "cusip", "16941M109"),
        ("G8020E119", Scheme.CUSIP, "cusip", "G8020E119"),
        ("037833100", Scheme.CUSIP, "cusip", "037833100"),
        ("29364E108", Scheme.CUSIP, "cusip", "29364E108"),
        ("6073556", Scheme.SEDOL, "sedol", "6073556"),
        ("B1JKTQ6", Scheme.CUSIP, "sedol", "B1JKTQ6"),
        ("BBG000BGWH17", None, "figi", "BBG000BGWH17"),
        ("BBG000BGWH17", Scheme.ISIN, "figi", "BBG000BGWH17"),
        ("549300XIVJCBIGMRUD48", None, "lei", "549300XIVJCBIGMRUD48"),
        ("9111000071093019X7", None, "uscc", "9111000071093019X7"),
        ("A0M4XH", Scheme.WKN, "wkn", "A0M4XH"),
        ("579566", Scheme.WKN, "wkn", "579566"),
        ("1213853", Scheme.VALOR, "valor", "1213853"),
        ("CHL   210115C00050000", None, "occ", "CHL   210115C00050000"),
        ("CHL210115C00050000", None, "occ", "CHL   210115C00050000"),
    ],
)
def test_accepted_by_content_whatever_the_header(text, hint, scheme, value):
    assert found(text, hint) == [(scheme, value, "stated")]
    assert faults(text, hint) == []


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("600941.0", None, []),  # without its dot it would be the SEDOL 6009410
        ("600941.0", Scheme.SEDOL, []),
        ("601186.00", None, []),
        ("169426103.0", Scheme.CUSIP, [("cusip", "169426103", "restored")]),
        ("37833100.0", Scheme.CUSIP, [("cusip", "037833100", "restored")]),
        ("6073556.0", Scheme.SEDOL, [("sedol", "6073556", "restored")]),
        ("263494.0", Scheme.SEDOL, [("sedol", "0263494", "restored")]),
        ("1213853.0", Scheme.VALOR, [("valor", "1213853", "restored")]),
    ],
)
def test_a_whole_number_with_decimals_is_its_digits(text, hint, expected):
    assert found(text, hint)[:1] == expected


@pytest.mark.parametrize(("text", "cusip"), [("1.69426E+08", "169426103"), ("1.26132E+08", "126132109")])
def test_a_rounded_cusip_asks_about_the_first_issues_of_its_issuer(text, cusip):
    assert ("cusip", cusip, "restored") in found(text, Scheme.CUSIP)
    assert "may have been" in faults(text, Scheme.CUSIP)[0][1]
    assert all(std_cusip.is_valid(value) for _, value, _ in found(text, Scheme.CUSIP))


@pytest.mark.parametrize("text", ["1.694261E+08", "1.69426E+09"])
def test_a_power_of_ten_without_a_candidate_promises_none(text):
    assert found(text, Scheme.CUSIP) == []
    assert "digits are lost" in faults(text, Scheme.CUSIP)[0][1]


@pytest.mark.parametrize(("text", "hint"), [("60735.56", None), ("60735.56", Scheme.SEDOL), ("B1JK.TQ6", None)])
def test_no_short_identifier_is_made_by_dropping_a_dot(text, hint):
    assert found(text, hint) == []


@pytest.mark.parametrize(
    "text", ["", " ", "-", "--", "N/A", "#N/A", "NULL", "none", "0", "CHINA MOBILE LTD", "941 HK", "ACC-4711"]
)
def test_text_that_is_no_identifier_says_nothing_without_a_header(text):
    assert found(text) == []
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "hint", "fault"),
    [
        ("HK0941009538", None, "ISO 6166: check digit is 8, 9 by the standard"),
        ("ZZ0941009539", Scheme.ISIN, "ISO 6166: ZZ is neither a country nor a prefix reserved for ISINs"),
        ("HK094100953X", Scheme.ISIN, "ISO 6166: the last character must be the check digit"),
        ("BRC1EODR004", Scheme.ISIN, "here 11 characters"),
        ("CND10002K094", None, "ISO 6166: check digit is 4, 7 by the standard"),
        ("16941M108", Scheme.CUSIP, "CUSIP: check digit is 8, 9 by ANSI X9.6"),
        ("16941M10", Scheme.CUSIP, "CUSIP: check digit missing"),
        ("941", Scheme.CUSIP, "CUSIP: 9 characters needed (ANSI X9.6), here 3"),
        ("6073557", Scheme.SEDOL, "SEDOL: check digit is 7, 6 by the standard"),
        ("AEIOU12", Scheme.SEDOL, "SEDOL: 7 characters without vowels needed"),
        ("BBG000BGWH16", None, "ANSI X9.145"),
        ("549300XIVJCBIGMRUD49", Scheme.LEI, "ISO 17442"),
        ("IO1234", Scheme.WKN, "six letters or digits without I and O"),
        ("中国移动", Scheme.ISIN, "only letters and digits of ASCII"),
    ],
)
def test_each_rejection_names_the_rule_that_broke(text, hint, fault):
    assert [f for _, f in faults(text, hint) if fault in f], faults(text, hint)
    assert all(origin == "restored" for _, _, origin in found(text, hint))


@pytest.mark.parametrize(
    ("text", "hint", "values"),
    [
        ("37833100", Scheme.CUSIP, {"037833100", "378331003"}),
        ("16941M10", Scheme.CUSIP, {"16941M109"}),
        ("2.9364E+112", Scheme.CUSIP, {"29364E108"}),
        ("29364E+108", Scheme.CUSIP, set()),
        ("263494", Scheme.SEDOL, {"0263494"}),
        ("US037833I005", Scheme.ISIN, {"US0378331005"}),
        ("I6941M109", Scheme.CUSIP, {"16941M109"}),
    ],
)
def test_a_repair_is_restored_and_always_beside_a_rejection(text, hint, values):
    classified = classify(text, hint)
    assert {i.value for i in classified.identifiers} == values
    assert all(i.origin is Origin.RESTORED for i in classified.identifiers)
    assert classified.rejected


def test_a_cell_may_hold_several_identifiers():
    assert found("CNE1000002V2 / 6559335") == [("isin", "CNE1000002V2", "stated"), ("sedol", "6559335", "stated")]


def test_origin_of_a_repaired_cell_is_kept():
    assert classify("037833100", Scheme.CUSIP, origin=Origin.RESTORED).identifiers[0].origin is Origin.RESTORED
    assert classify("HK0941009539", origin=Origin.RESTORED).identifiers[0].origin is Origin.RESTORED


@pytest.mark.parametrize(
    ("scheme", "value", "inside"),
    [
        (Scheme.ISIN, "US16941M1099", {("cusip", "16941M109")}),
        (Scheme.CUSIP, "16941M109", {("isin", "US16941M1099")}),
        (Scheme.ISIN, "KYG8020E1199", {("cusip", "G8020E119")}),
        (Scheme.ISIN, "GB0002634946", {("sedol", "0263494")}),
        (Scheme.ISIN, "DE000A0M4XH8", {("wkn", "A0M4XH")}),
        (Scheme.ISIN, "CH0012138530", {("valor", "1213853")}),
        (Scheme.ISIN, "HK0941009539", set()),
        (Scheme.CUSIP, "G8020E119", set()),
    ],
)
def test_derived_identifiers_are_marked_so(scheme, value, inside):
    derived = derive([SecurityIdentifier(scheme=scheme, value=value)])
    assert {(d.scheme.value, d.value) for d in derived} == inside
    assert all(d.origin is Origin.DERIVED for d in derived)


def test_a_derived_identifier_that_is_stated_too_stays_stated():
    both = [
        SecurityIdentifier(scheme=Scheme.ISIN, value="US16941M1099"),
        SecurityIdentifier(scheme=Scheme.CUSIP, value="16941M109"),
    ]
    assert derive(both) == ()


prefixes = st.sampled_from(["US", "CN", "HK", "KY", "XS", "DE", "GB", "ZZ", "XX", "EU", "QS", "BB", "BR"])
isin_like = st.builds(
    lambda p, b, d: p + b + d, prefixes, st.text(ALNUM, min_size=9, max_size=9), st.sampled_from(ALNUM)
)
valid_isin = isin_like.map(lambda t: t[:11] + std_isin.calc_check_digit(t[:11]))


@given(st.one_of(isin_like, valid_isin))
def test_isin_agrees_with_stdnum(text):
    mine = ("isin", text, "stated") in found(text, Scheme.ISIN)
    assert mine == std_isin.is_valid(text)


cusip_like = st.text(ALNUM + "*@#", min_size=9, max_size=9)


@given(st.one_of(cusip_like, cusip_like.map(lambda t: t[:8] + std_cusip.calc_check_digit(t[:8]))))
def test_cusip_agrees_with_stdnum(text):
    # stdnum knows no rule for the ninth character but the sum; a check digit is a digit
    mine = ("cusip", text, "stated") in found(text, Scheme.CUSIP)
    assert mine == (std_cusip.is_valid(text) and text[8].isdigit())


sedol_like = st.text("0123456789BCDFGHJKLMNPQRSTVWXYZ", min_size=7, max_size=7)


@given(st.one_of(sedol_like, sedol_like.map(lambda t: t[:6] + std_sedol.calc_check_digit(t[:6]))))
def test_sedol_agrees_with_stdnum(text):
    mine = ("sedol", text, "stated") in found(text, Scheme.SEDOL)
    assert mine == std_sedol.is_valid(text)


figi_like = st.text("0123456789BCDFGHJKLMNPQRSTVWXYZ", min_size=8, max_size=8)


@given(figi_like.map(lambda t: "BBG" + t + std_figi.calc_check_digit("BBG" + t)))
def test_figi_agrees_with_stdnum(text):
    assert std_figi.is_valid(text)
    assert found(text, Scheme.FIGI) == [("figi", text, "stated")]


@given(st.text(ALNUM, min_size=18, max_size=18), st.integers(0, 99))
def test_lei_agrees_with_stdnum(body, digits):
    text = f"{body}{digits:02d}"
    assert (("lei", text, "stated") in found(text, Scheme.LEI)) == std_lei.is_valid(text)


@given(st.text(max_size=40), st.sampled_from([None, *Scheme]))
def test_any_text_is_answered_and_only_stated_text_is_stated(text, hint):
    classified = classify(text, hint)
    for one in classified.identifiers:
        assert one.value
        assert one.origin in {Origin.STATED, Origin.RESTORED}


@given(
    st.integers(1, 7).flatmap(
        lambda n: st.tuples(
            st.text("0123456789", min_size=n, max_size=n), st.text("0123456789", min_size=8 - n, max_size=8 - n)
        )
    )
)
def test_a_cusip_read_as_a_number_is_among_its_candidates(parts):
    before, after = parts
    base = f"{before}E{after}"
    cusip = base[:8] + std_cusip.calc_check_digit(base[:8]) if len(base) == 9 else base
    before, _, after = cusip.partition("E")
    digits = before.lstrip("0")
    assume(digits and int(after) <= 250)  # zero, or beyond what a spreadsheet can hold
    power = int(after) + len(digits) - 1
    mantissa = digits[0] + ("." + digits[1:].rstrip("0") if digits[1:].rstrip("0") else "")
    assert cusip in cusips_of_number(f"{mantissa}E+{power}")
