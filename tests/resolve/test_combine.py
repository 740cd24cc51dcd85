"""Identifier beats ticker beats name; contradictions ask with both sides shown; relatives are named as such."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.identifiers import derive
from cmic_screen.model import (
    EntityName,
    EntityTicker,
    EvidenceKind,
    EvidenceResult,
    InstrumentKind,
    ListSnapshot,
    NameKind,
    Origin,
    Relation,
    Scheme,
    Security,
    SecurityIdentifier,
)
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.resolve import Resolver
from cmic_screen.securities import build

TODAY = date(2026, 11, 22)
MOBILE, TELECOM, TELECOM_GROUP, CNOOC, SMIC = "30923", "30882", "30939", "30926", "30951"
WORST = [Relation.ISSUER, Relation.DERIVATIVE, Relation.UNCERTAIN, Relation.RELATED_UNLISTED]


@cache
def resolver() -> Resolver:
    return Resolver(embedded_snapshot(), load_master().rows)


def matches(on: date = TODAY, **row: str):
    return resolver().resolve([build(row)], on)[0]


def said(**row: str):
    return [(m.entity.uid, m.relation.value) for m in matches(**row)]


# fmt: off
CASES = [
    # a stated, equal identifier proves, whatever the header and with any name that may be the entity's
    ({"isin": "HK0941009539"}, [(MOBILE, "ISSUER")]),
    ({"isin": "HK0941009539", "security_name": "CHINA MOBILE LTD NPV"}, [(MOBILE, "ISSUER")]),
    ({"isin": "HK0941009539", "security_name": "CMHK ORD"}, [(MOBILE, "ISSUER")]),
    ({"cusip": "16941M109"}, [(MOBILE, "ISSUER")]),
    ({"cusip": "HK0941009539"}, [(MOBILE, "ISSUER")]),
    ({"sedol": "6073556"}, [(MOBILE, "ISSUER")]),
    # a CUSIP of the United States or Canada speaks against a code of Hong Kong as an ISIN of theirs does
    ({"ticker": "941 HK", "cusip": "037833100"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "941 HK", "isin": "US0378331005"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "941 HK", "cusip": "16941M109"}, [(MOBILE, "ISSUER")]),
    ({"ticker": "941 HK", "cusip": "Y14965100"}, [(MOBILE, "ISSUER")]),
    ({"figi": "BBG000BGWH17"}, [(MOBILE, "ISSUER")]),
    ({"lei": "549300XIVJCBIGMRUD48"}, [(CNOOC, "ISSUER")]),
    ({"isin": "CND10001WSL0", "security_name": "15 AVIC MTN001"}, [("30925", "ISSUER")]),
    # what was restored or derived only asks
    ({"cusip": "16941M10"}, [(MOBILE, "UNCERTAIN")]),
    ({"isin": "US83438Q1058", "security_name": "SOLARWINDS CORP"}, []),
    # an identifier settles which of two entities with one name is meant
    ({"isin": "CNE1000002V2", "security_name": "CHINA TELECOM"}, [(TELECOM, "ISSUER")]),
    ({"security_name": "CHINA TELECOM"}, [(TELECOM, "ISSUER"), (TELECOM_GROUP, "ISSUER")]),
    ({"security_name": "HUAWEI INVESTMENT & HOLDING CO LTD"}, [("30947", "ISSUER"), ("32087", "ISSUER")]),
    ({"security_name": "CHINA SHIPBUIL-A"}, [("32100", "UNCERTAIN")]),  # as terminals print it: no parent of it alone
    ({"security_name": "HUAWEI 4% 2027"}, [("30947", "UNCERTAIN"), ("32087", "UNCERTAIN")]),  # a brand of two
    # a stated identifier beside somebody else's name asks
    ({"isin": "HK0941009539", "security_name": "APPLE INC"}, [(MOBILE, "UNCERTAIN")]),
    ({"isin": "HK0941009539", "security_name": "贵州茅台酒股份有限公司"}, [(MOBILE, "UNCERTAIN")]),
    # a name beside somebody else's identifier asks
    ({"isin": "US22160N1090", "security_name": "COSTAR GROUP CO., LTD."}, [("32107", "UNCERTAIN")]),
    ({"isin": "TW0002330008", "security_name": "CHINA MOBILE LTD"}, [(MOBILE, "UNCERTAIN")]),
    ({"isin": "JP3633400001", "security_name": "CHINA MOBILE LTD"}, [(MOBILE, "UNCERTAIN")]),
    # whole official names and strong aliases prove; weak aliases and names without legal form ask
    ({"security_name": "CHINA MOBILE LTD"}, [(MOBILE, "ISSUER")]),
    ({"security_name": "China Mobile Limited -H- SHS"}, [(MOBILE, "ISSUER")]),
    ({"security_name": "FENGFAN CO., LTD."}, [("32106", "ISSUER")]),
    ({"security_name": "SMIC"}, [(SMIC, "UNCERTAIN")]),
    ({"security_name": "INSPUR GROUP"}, [("30949", "ISSUER")]),
    ({"security_name": "CLOUDWALK TECHNOLOGY"}, [("33112", "UNCERTAIN")]),
    ({"security_name": "中国移动有限公司"}, [(MOBILE, "ISSUER")]),
    ({"security_name": "中国移动"}, [(MOBILE, "UNCERTAIN")]),
    # an exchange's number and its market prove; letters and bare codes need a second sign
    ({"ticker": "941 HK"}, [(MOBILE, "ISSUER")]),
    ({"ticker": "00941", "exchange": "HONG KONG EXCHANGES", "security_name": "CHINA MOBILE LTD"}, [(MOBILE, "ISSUER")]),
    ({"ticker": "600941 C1"}, [(MOBILE, "ISSUER")]),
    ({"ticker": "80941.HK"}, [(MOBILE, "ISSUER")]),
    ({"ticker": "688327.SS"}, [("33112", "ISSUER")]),
    ({"ticker": "302132", "exchange": "Shenzhen Stock Exchange", "security_name": "中航成飞"}, [("32153", "ISSUER")]),
    ({"ticker": "CHL US"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "CHL US", "security_name": "CHINA MOBILE LTD SPON ADR"}, [(MOBILE, "ISSUER")]),
    ({"ticker": "4FF.BE", "security_name": "CHINA RAILWAY CONS.H YC 1"}, [("30959", "ISSUER")]),
    ({"ticker": "941"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "941", "security_name": "CHINA MOBILE"}, [(MOBILE, "ISSUER"), ("30944", "ISSUER")]),
    ({"ticker": "941", "security_name": "PETROCHINA CO LTD"}, []),
    # a name that only repeats the code says of nobody else
    ({"ticker": "CHL", "security_name": "CHL"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "CHL", "security_name": "CHILE FUND INC"}, []),
    ({"ticker": "941", "currency": "MYR"}, []),
    ({"ticker": "0941", "security_name": "CHL"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "941", "currency": "USD", "security_name": "CHL"}, []),
    ({"ticker": "941 JP", "security_name": "SOME TOKYO COMPANY"}, []),
    ({"ticker": "000728 CS", "security_name": "GUOYUAN SECURITIES LTD A"}, []),
    ({"ticker": "941 HK", "security_name": "APPLE INC"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "941 HK", "isin": "US0378331005"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "941 HK", "isin": "CNE1000007Z2"}, [(MOBILE, "UNCERTAIN")]),
    ({"ticker": "941 HK", "isin": "CNE000001CS2"}, [(MOBILE, "UNCERTAIN"), ("30942", "RELATED_UNLISTED")]),
    # a symbol given to another company since
    ({"ticker": "CHA US", "security_name": "CHAGEE HOLDINGS LTD-ADR"}, []),
    ({"ticker": "CHA US"}, [(TELECOM, "UNCERTAIN")]),
    ({"ticker": "CHA US", "security_name": "CHINA TELECOM CORP LTD-ADR"}, [(TELECOM, "ISSUER")]),
    # derivatives: by their own kind, by a stated underlying, by an exchange's short name
    ({"security_name": "SG-SMIC@EC2612B"}, [(SMIC, "DERIVATIVE")]),
    ({"security_name": "HS#C MOBRC2712C"}, [(MOBILE, "DERIVATIVE")]),
    ({"security_type": "Warrant", "underlying_id": "HK0941009539"}, [(MOBILE, "DERIVATIVE")]),
    ({"security_type": "Warrant", "underlying_ticker": "941 HK"}, [(MOBILE, "DERIVATIVE")]),
    ({"security_type": "Warrant", "underlying_name": "CHINA MOBILE LTD"}, [(MOBILE, "DERIVATIVE")]),
    ({"security_name": "BNP PARIBAS ISSUANCE CALL 2027", "underlying_id": "HK0941009539"}, [(MOBILE, "DERIVATIVE")]),
    # relatives that are not listed, and false friends
    ({"isin": "CNE000001CS2", "security_name": "CHINA UNITED NETWORK COMMUNICATION"}, [("30942", "RELATED_UNLISTED")]),
    ({"ticker": "600050 CH"}, [("30942", "RELATED_UNLISTED")]),
    ({"ticker": "600050.SS", "security_name": "中国联通"}, [("30942", "RELATED_UNLISTED")]),
    ({"security_name": "CGN POWER CO LTD-H"}, [("30937", "RELATED_UNLISTED")]),
    ({"security_name": "AVICHINA INDUSTRY & TECHNOLOGY CO LTD"}, [("30925", "RELATED_UNLISTED")]),
    ({"isin": "KYG8062L1041", "security_name": "SENSETIME-W"}, [("33114", "RELATED_UNLISTED")]),
    ({"security_name": "SENSETIME GROUP INC-CLASS B"}, [("33114", "RELATED_UNLISTED")]),
    ({"security_name": "CNOOC FINANCE (2013) LTD 3% 09/05/23"}, [(CNOOC, "RELATED_UNLISTED")]),
    ({"isin": "CNE1000007Z2", "security_name": "CHINA RAILWAY GROUP LTD H"}, []),
    ({"security_name": "COSTAR GROUP INC", "ticker": "CSGP", "exchange": "NASDAQ"}, []),
    ({"security_name": "CEC ENTERTAINMENT INC"}, []),
    ({"sedol": "000000", "ticker": "788"}, []),
    ({"cusip": "12625GAD"}, []),
    ({"isin": "US0378331005", "security_name": "APPLE INC", "ticker": "AAPL US"}, []),
    ({}, []),
]
# fmt: on


@pytest.mark.parametrize(("row", "expected"), CASES, ids=[str(sorted(r.values())) for r, _ in CASES])
def test_what_a_row_is_matched_to(row, expected):
    assert said(**row) == expected


def test_a_contradiction_shows_both_sides():
    (match,) = matches(isin="HK0941009539", security_name="APPLE INC")
    results = {(e.kind, e.result) for e in match.evidence}
    assert (EvidenceKind.IDENTIFIER, EvidenceResult.SUPPORTS) in results
    assert EvidenceResult.CONTRADICTS in {e.result for e in match.evidence}
    assert "somebody else's" in match.reason


def test_a_related_company_is_said_to_be_unlisted_and_carries_the_masters_policy():
    (match,) = matches(isin="KYG8062L1041", security_name="SENSETIME-W")
    assert "not listed; the 50 percent rule does not apply" in match.reason
    assert match.policy == "REVIEW"
    (plain,) = matches(security_name="CGN POWER CO LTD-H")
    assert plain.reason == "CGN Power Co., Ltd., a subsidiary: not listed; the 50 percent rule does not apply"
    assert plain.policy == ""


def test_evidence_from_the_master_is_never_ofacs():
    (match,) = matches(ticker="600941.SS")
    assert [e.source for e in match.evidence] == ["securities master: csindex constituents of February 2026"]
    (ofac,) = matches(isin="HK0941009539")
    assert "OFAC" in {e.source for e in ofac.evidence}


def test_a_fact_that_ofac_states_too_is_mentioned_once():
    (match,) = matches(ticker="941 HK")
    assert [e.source for e in match.evidence] == ["OFAC"]


def test_the_country_of_an_isin_speaks_for_or_against_a_likeness():
    home = matches(security_name="HANGZHOU HIKVISION DIGITAL TECHNOL", isin="CNE100001526")
    away = matches(security_name="HANGZHOU HIKVISION DIGITAL TECHNOL", isin="JP3633400001")
    for found, result in ((home, EvidenceResult.SUPPORTS), (away, EvidenceResult.CONTRADICTS)):
        (match,) = found
        assert match.relation is Relation.UNCERTAIN
        assert result in {e.result for e in match.evidence if e.kind is EvidenceKind.COUNTRY}


def test_all_evidence_of_one_entity_stands_in_one_match():
    (match,) = matches(isin="HK0941009539", ticker="941 HK", security_name="CHINA MOBILE LTD")
    assert {e.kind for e in match.evidence} >= {EvidenceKind.IDENTIFIER, EvidenceKind.TICKER, EvidenceKind.NAME_EXACT}


def test_a_delisted_line_carries_its_policy_from_the_day_it_left():
    row = {"isin": "CNE100000J75", "ticker": "601989.SS"}
    after, before = matches(**row)[0], matches(date(2024, 1, 2), **row)[0]
    assert (after.relation, after.policy) == (Relation.ISSUER, "NOT_TRADED")
    assert (before.relation, before.policy) == (Relation.ISSUER, "")


def test_an_entity_without_any_known_security_is_said_to_have_none():
    assert not matches(security_name="SZ DJI TECHNOLOGY CO., LTD.")[0].public_security
    assert matches(security_name="CHINA MOBILE LTD")[0].public_security


def test_the_day_decides_whose_a_reused_symbol_is():
    row = build({"ticker": "CHA", "exchange": "New York Stock Exchange Inc."})
    before = resolver().resolve([row], date(2021, 1, 4))[0]
    after = resolver().resolve([row], TODAY)[0]
    assert "given to another" not in before[0].reason
    assert after[0].relation is Relation.UNCERTAIN


def test_the_instrument_makes_a_proof_a_derivative():
    stated = (SecurityIdentifier(scheme=Scheme.ISIN, value="HK0941009539"),)
    (match,) = resolver().resolve([Security(identifiers=stated, instrument=InstrumentKind.OPTION)], TODAY)[0]
    assert match.relation is Relation.DERIVATIVE


@pytest.mark.parametrize("entity", embedded_snapshot().entities, ids=lambda e: e.uid)
def test_every_official_name_and_identifier_proves(entity):
    coded = resolver().resolve([Security(identifiers=(one,)) for one in entity.identifiers], TODAY)
    for one, (match,) in zip(entity.identifiers, coded, strict=True):
        assert (match.entity.uid, match.relation) == (entity.uid, Relation.ISSUER), one
    named = resolver().resolve([Security(security_name=name.text) for name in entity.names], TODAY)
    for name, found in zip(entity.names, named, strict=True):
        wanted = Relation.UNCERTAIN if name.kind is NameKind.WEAK else Relation.ISSUER
        assert [m.relation for m in found if m.entity.uid == entity.uid] == [wanted], name


def test_the_nearest_listed_name_says_why_it_is_none():
    (near,) = resolver().nearest(Security(security_name="CHINA MOBILITY SOLUTIONS"))
    assert near.uid
    assert 0 <= near.score <= 1
    assert near.why_not
    assert resolver().nearest(Security()) == ()


@pytest.mark.parametrize(
    ("row", "uid", "words"),
    [
        ({"security_name": "COSTAR GROUP INC"}, "32107", "CoStar Group, Inc. of Washington"),
        (
            {"isin": "US22160N1090", "security_name": "CSGP"},
            "32107",
            "CoStar Group, Inc. of Washington, a false friend",
        ),
        ({"security_name": "CHAGEE HOLDINGS LTD"}, "30882", "Chagee Holdings on Nasdaq since 17 April 2025"),
    ],
)
def test_a_false_friend_is_said_to_be_another_company(row, uid, words):
    assert matches(**row) == ()
    (near,) = resolver().nearest(build(row))
    assert near.uid == uid
    assert near.why_not.startswith(f"another company: {words}")
    assert "securities master" in near.why_not


# ------------------------------------------------------------------------------------------------ properties

ROWS = [row for row, _ in CASES]


def _strength(found) -> int:
    return min((WORST.index(m.relation) for m in found), default=len(WORST))


@settings(max_examples=5)
@given(st.permutations(range(len(ROWS))))
def test_order_of_rows_changes_nothing(order):
    securities = [build(r) for r in ROWS]
    together = resolver().resolve(securities, TODAY)
    shuffled = resolver().resolve([securities[i] for i in order], TODAY)
    assert [together[i] for i in order] == shuffled


def _smaller() -> ListSnapshot:
    """A dozen entities of the list: a resolver of them is built quickly, over and over."""
    keep = {"30882", "30923", "30924", "30926", "30939", "30942", "30944", "30951", "30956", "32107", "33113"}
    full = embedded_snapshot()
    return replace(full, entities=tuple(e for e in full.entities if e.uid in keep))


def _grown(row: dict[str, str], uid: str, what: str) -> tuple[ListSnapshot, Security]:
    """The small list after the entity was given the row's name, identifier or ticker as well."""
    snapshot, security = _smaller(), build(row)
    entity = snapshot.entity(uid)
    if what == "alias" and security.names:
        entity = replace(entity, names=(*entity.names, EntityName(text=security.names[0], kind=NameKind.AKA)))
    elif what == "identifier" and security.identifiers:
        stated = replace(security.identifiers[0], origin=Origin.STATED)
        entity = replace(entity, identifiers=(*entity.identifiers, stated))
    elif what == "ticker" and security.ticker:
        more = EntityTicker(text=security.ticker, code=security.ticker, country="HK")
        entity = replace(entity, tickers=(*entity.tickers, more))
    return replace(snapshot, entities=tuple(entity if e.uid == uid else e for e in snapshot.entities)), security


@cache
def _before() -> Resolver:
    return Resolver(_smaller(), load_master().rows)


def _never_lower(row: dict[str, str], uid: str, what: str) -> None:
    grown, security = _grown(row, uid, what)
    after = Resolver(grown, load_master().rows).resolve([security], TODAY)[0]
    assert _strength(after) <= _strength(_before().resolve([security], TODAY)[0])


UIDS = ["30882", "30923", "30939", "30951", "32107"]
KINDS = ["alias", "identifier", "ticker"]


@settings(max_examples=8)
@given(st.sampled_from([r for r in ROWS if r]), st.sampled_from(UIDS), st.sampled_from(KINDS))
def test_one_more_name_or_identifier_of_an_entity_never_lowers_a_match(row, uid, what):
    _never_lower(row, uid, what)


@pytest.mark.slow
@settings(max_examples=100)
@given(st.sampled_from([r for r in ROWS if r]), st.sampled_from(UIDS), st.sampled_from(KINDS))
def test_one_more_of_anything_never_lowers_a_match(row, uid, what):
    _never_lower(row, uid, what)


@settings(max_examples=30)
@given(st.sampled_from(embedded_snapshot().entities), st.integers(0, 2**32))
def test_one_more_identifier_of_the_same_security_never_lowers_a_match(entity, seed):
    draw = random.Random(seed)
    names = [n.text for n in entity.names if n.kind is not NameKind.WEAK]
    plain = Security(security_name=draw.choice(names))
    identifiers = tuple(draw.sample(entity.identifiers, min(len(entity.identifiers), 2)))
    more = replace(plain, identifiers=identifiers + derive(identifiers))
    before, after = resolver().resolve([plain, more], TODAY)
    assert _strength(after) <= _strength(before)


@pytest.mark.parametrize(
    ("isin", "relation"),
    [
        ("US0378331005", Relation.UNCERTAIN),
        ("HK0000069689", Relation.UNCERTAIN),
        ("US16941M1099", Relation.ISSUER),
        ("HK0941009539", Relation.ISSUER),
        ("XS2012345674", Relation.ISSUER),
    ],
)
def test_an_isin_of_another_issuer_speaks_against_an_exact_name(isin, relation):
    """A stated identifier that contradicts a name is a question with both sides shown (issue 4)."""
    security = build({"security_name": "CHINA MOBILE LIMITED", "isin": isin})
    match = next(m for m in resolver().resolve([security], TODAY)[0] if m.entity.uid == "30923")
    assert match.relation is relation
    against = [e for e in match.evidence if e.result is EvidenceResult.CONTRADICTS]
    assert bool(against) == (relation is Relation.UNCERTAIN)


@pytest.mark.parametrize(("name", "asked"), [("Holding B", True), ("", True), ("KWEICHOW MOUTAI", False)])
def test_six_digits_of_the_mainland_ask_unless_the_name_is_somebody_elses(name, asked):
    assert bool(matches(security_name=name, ticker="600941")) == asked


def test_what_names_met_when_they_were_resolved_need_not_be_searched_again():
    names = ("CHINA MOBILE LTD", "COSTAR TECHNOLOGIES INC", "NESTLE SA", "CNOOC &amp; LTD", "CHINA COMM CONST BANK")
    securities = [build({"security_name": name}) for name in names] + [build({"isin": "HK0941009539"})]
    seen = {}
    assert resolver().resolve(securities, TODAY, seen) == resolver().resolve(securities, TODAY)
    assert "CHINA MOBILE LTD" in seen
    assert seen["CHINA MOBILE LTD"]
    assert "NESTLE SA" in seen
    for n in (1, 3):
        assert resolver().nearest_many(securities, n, seen) == resolver().nearest_many(securities, n)
