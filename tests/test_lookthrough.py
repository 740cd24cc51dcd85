"""A fund is judged by its own constituents; what was not seen whole or lately is never clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from cmic_screen.lookthrough import Constituent, FundBook, FundFile
from cmic_screen.model import InstrumentKind, Match, Relation, Scheme, Security, SecurityIdentifier
from cmic_screen.reference import embedded_snapshot

ON = date(2026, 11, 20)
MOBILE = embedded_snapshot().entity("30923")


@dataclass
class ResolverStub:
    """Answers by name: the listed one is proven, the similar one uncertain."""

    def resolve(self, securities, on):
        relation = {
            "CHINA MOBILE": Relation.ISSUER,
            "CHINA MOBLIE?": Relation.UNCERTAIN,
            "CHINA TOWER": Relation.RELATED_UNLISTED,
        }
        return [
            (Match(entity=MOBILE, relation=relation[s.security_name], evidence=()),)
            if s.security_name in relation
            else ()
            for s in securities
        ]


def share(name: str, weight: str | None, kind: InstrumentKind = InstrumentKind.SHARE, isin: str = "") -> Constituent:
    ids = (SecurityIdentifier(scheme=Scheme.ISIN, value=isin),) if isin else ()
    security = Security(security_name=name, fingerprint=f"c-{name}", instrument=kind, identifiers=ids)
    return Constituent(security=security, weight=Decimal(weight) if weight else None)


def fund(name: str, isin: str, *constituents: Constituent, as_of: date | None = date(2026, 10, 31)) -> FundFile:
    keys = frozenset({f"isin:{isin}"})
    return FundFile(file=f"{name}.csv", sha256="0" * 64, name=name, keys=keys, as_of=as_of, constituents=constituents)


def held(isin: str) -> dict[str, Security]:
    ids = (SecurityIdentifier(scheme=Scheme.ISIN, value=isin),)
    return {"f": Security(security_name="A fund", fingerprint="f", instrument=InstrumentKind.FUND, identifiers=ids)}


EM, WORLD = "US4642872349", "IE00B3RBWM25"


def look(*files: FundFile, isin: str = EM):
    securities = held(isin)
    exposure = FundBook(files, 92).look(securities, ResolverStub(), ON)
    return exposure, securities["f"]


@pytest.mark.parametrize(
    ("weight", "as_of", "state"),
    [
        ("99", date(2026, 10, 31), "complete"),
        ("98.99", date(2026, 10, 31), "partial"),
        ("99", date(2026, 8, 20), "complete"),
        ("99", date(2026, 8, 19), "stale"),
        ("99", None, "stale"),
    ],
)
def test_the_state_of_a_fund_follows_weight_seen_and_age(weight, as_of, state):
    exposure, security = look(fund("EM", EM, share("NESTLE", weight), as_of=as_of))
    assert exposure.state(security, ON) == state


def test_a_listed_name_counts_whatever_its_share_and_carries_its_source():
    exposure, security = look(fund("EM", EM, share("CHINA MOBILE", "0.0001"), share("NESTLE", "99.5")))
    (match,) = exposure.matches(security, ON)
    assert match.relation is Relation.FUND_EXPOSURE
    assert "0.0001 %" in match.evidence[0].detail
    assert "EM.csv of 2026-10-31" in match.evidence[0].source


def test_an_uncertain_constituent_asks_and_a_related_one_says_nothing():
    exposure, security = look(
        fund("EM", EM, share("CHINA MOBLIE?", "1"), share("CHINA TOWER", "1"), share("NESTLE", "98"))
    )
    assert [m.relation for m in exposure.matches(security, ON)] == [Relation.UNCERTAIN]


def test_a_fund_inside_a_fund_is_opened_and_its_weight_carried_through():
    inner = fund("EM", EM, share("CHINA MOBILE", "2"), share("NESTLE", "98"))
    outer = fund("World", WORLD, share("EM ETF", "10", InstrumentKind.FUND, EM), share("APPLE", "90"))
    exposure, security = look(inner, outer, isin=WORLD)
    assert exposure.state(security, ON) == "complete"
    (match,) = exposure.matches(security, ON)
    assert "0.2 %" in match.evidence[0].detail
    assert "through EM" in match.evidence[0].detail


def test_a_fund_inside_that_is_not_at_hand_is_unseen_weight_and_a_cycle_too():
    unseen = fund("World", WORLD, share("EM ETF", "10", InstrumentKind.FUND, EM), share("APPLE", "90"))
    exposure, security = look(unseen, isin=WORLD)
    assert exposure.state(security, ON) == "partial"
    itself = fund("World", WORLD, share("World", "10", InstrumentKind.FUND, WORLD), share("APPLE", "90"))
    exposure, security = look(itself, isin=WORLD)
    assert exposure.state(security, ON) == "partial"


def test_what_a_fund_inside_holds_through_further_funds_is_unseen():
    deepest = fund("Deep", "LU0000000001", share("CHINA MOBILE", "100"))
    inner = fund("EM", EM, share("Deep ETF", "100", InstrumentKind.FUND, "LU0000000001"))
    outer = fund("World", WORLD, share("EM ETF", "100", InstrumentKind.FUND, EM))
    exposure, security = look(deepest, inner, outer, isin=WORLD)
    assert exposure.state(security, ON) == "partial"
    back = fund("EM", EM, share("World ETF", "100", InstrumentKind.FUND, WORLD))
    exposure, security = look(back, outer, isin=WORLD)
    assert exposure.state(security, ON) == "partial"


def test_a_fund_inside_of_an_old_file_is_unseen_and_what_stands_in_it_asks():
    inner = fund("EM", EM, share("CHINA MOBILE", "2"), share("NESTLE", "98"), as_of=date(2025, 1, 31))
    outer = fund("World", WORLD, share("EM ETF", "10", InstrumentKind.FUND, EM), share("APPLE", "90"))
    exposure, security = look(inner, outer, isin=WORLD)
    assert exposure.state(security, ON) == "partial"
    outer = fund("World", WORLD, share("EM ETF", "0.5", InstrumentKind.FUND, EM), share("APPLE", "99.5"))
    exposure, security = look(inner, outer, isin=WORLD)
    (match,) = exposure.matches(security, ON)
    assert (exposure.state(security, ON), match.relation) == ("complete", Relation.UNCERTAIN)
    assert "too long ago" in match.reason


def test_a_constituent_whose_file_is_at_hand_is_a_fund_whatever_it_looks_like():
    inner = fund("EM", EM, share("CHINA MOBILE", "100"))
    outer = fund("World", WORLD, share("EM", "100", InstrumentKind.SHARE, EM))
    exposure, security = look(inner, outer, isin=WORLD)
    assert [m.relation for m in exposure.matches(security, ON)] == [Relation.FUND_EXPOSURE]


def test_a_fund_without_a_file_is_missing_and_a_share_is_none():
    exposure, security = look(isin=WORLD)
    assert exposure.state(security, ON) == "missing"
    assert exposure.state(Security(fingerprint="x", instrument=InstrumentKind.SHARE), ON) == "none"


def test_a_publication_of_long_after_the_day_is_stale_and_the_one_in_force_then_is_taken():
    later = fund("later", EM, share("NESTLE", "99"), as_of=date(2027, 6, 30))
    exposure, security = look(later)
    assert exposure.state(security, ON) == "stale"
    then = fund("then", EM, share("CHINA MOBILE", "99"), as_of=date(2026, 10, 31))
    exposure, security = look(later, then)
    assert exposure.state(security, ON) == "complete"
    assert len(exposure.matches(security, ON)) == 1


def test_the_latest_publication_of_a_fund_wins():
    old = fund("old", EM, share("CHINA MOBILE", "99"), as_of=date(2026, 9, 30))
    new = fund("new", EM, share("NESTLE", "99"), as_of=date(2026, 10, 31))
    exposure, security = look(new, old)
    assert exposure.matches(security, ON) == ()


A50 = InstrumentKind.INDEX_FUTURE


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([("US TREASURY BILL", "40", InstrumentKind.BOND), ("FTSE CHINA 50 SWAP", "60", A50)], "partial"),
        ([("US TREASURY BILL", "190", InstrumentKind.BOND), ("FTSE CHINA 50 SWAP", "-90", A50)], "partial"),
        ([("US TREASURY BILL", "100", InstrumentKind.BOND), ("FTSE CHINA 50 SWAP", "0", A50)], "partial"),
        ([("US TREASURY BILL", "100", InstrumentKind.BOND), ("FTSE CHINA 50 SWAP", None, A50)], "partial"),
        ([("NESTLE", "89", InstrumentKind.SHARE), ("USD", "11", InstrumentKind.CASH), ("A50", "0", A50)], "partial"),
        (
            [("NESTLE", "99.7", InstrumentKind.SHARE), ("USD", "0.3", InstrumentKind.CASH), ("A50", "0", A50)],
            "complete",
        ),
        ([("NESTLE", "99.2", InstrumentKind.SHARE), ("A50", "0.8", A50)], "complete"),
        ([("US TREASURY BILL", "100", InstrumentKind.BOND)], "complete"),
    ],
)
def test_a_fund_made_of_derivatives_of_an_index_is_not_seen_whole(lines, state):
    exposure, security = look(fund("BEAR", EM, *(share(name, weight, kind) for name, weight, kind in lines)))
    assert exposure.state(security, ON) == state


def test_such_a_fund_is_not_seen_whole_inside_another_fund_either():
    bear = fund("BEAR", EM, share("BILL", "100", InstrumentKind.BOND), share("FTSE CHINA 50 SWAP", "0", A50))
    outer = fund("OUTER", WORLD, share("NESTLE", "50"), share("BEAR", "50", InstrumentKind.FUND, EM))
    exposure, security = look(outer, bear, isin=WORLD)
    assert exposure.state(security, ON) == "partial"


def test_a_line_that_says_nothing_to_compare_is_not_seen():
    nameless = Constituent(security=Security(fingerprint="c-", instrument=InstrumentKind.SHARE), weight=Decimal(5))
    exposure, security = look(fund("EM", EM, share("NESTLE", "95"), nameless))
    assert exposure.state(security, ON) == "partial"
