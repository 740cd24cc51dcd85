"""A listed name within a longer one that nobody knows is said and accuses nobody; what explains the name goes first."""

from datetime import date

import pytest

from cmic_screen.model import NameKind, Policy, Relation, Scheme, Security, SecurityIdentifier
from cmic_screen.resolve.bearers import Bearers
from cmic_screen.resolve.listed import ListedName

ON = date(2026, 1, 8)


def matches(resolver, name: str, **more):
    """What a security of this name is to the entities of the list."""
    (found,) = resolver.resolve([Security(security_name=name, **more)], ON)
    return found


@pytest.mark.parametrize(
    ("name", "uids", "rest"),
    [
        ("HIKVISION ROBOTICS", {"30946"}, "ROBOTICS"),
        ("Zhejiang Hikvision Security Services", {"30946"}, "ZHEJIANG SECURITY SERVICES"),
        ("HUAWEI KARAOKE", {"30947", "32087"}, "KARAOKE"),
        ("CHINA MOBILE EUROPE LTD", {"30923", "30944"}, "EUROPE"),
        ("AVIC CULTURE", {"30925"}, "CULTURE"),  # a weak alias, and a group's brand
        ("中国移动多媒体", {"30923"}, "多媒体"),
        ("北京中国移动多媒体", {"30923"}, "北京 多媒体"),
    ],
)
def test_a_longer_name_that_nobody_bears_is_said_to_be_another_companys(resolver, name, uids, rest):
    found = matches(resolver, name)
    assert {m.entity.uid for m in found} == uids
    for match in found:
        assert (match.relation, match.policy) == (Relation.RELATED_UNLISTED, Policy.BEARS_NAME)
        assert match.reason.endswith("and is like no listed name as a whole")
        assert match.evidence[0].detail.endswith(f"beside {rest}")
        assert 0 < match.score < 1
        assert match.confirmable


@pytest.mark.parametrize(
    "name", ["CHINA MOBILE LN", "CHINA MOBILE TL", "SENSETIME NA", "CNOOC LIRNITED", "YITU LIMI-TED"]
)
def test_what_may_be_a_code_or_a_legal_form_beside_it_asks(resolver, name):
    found = matches(resolver, name)
    assert {m.relation for m in found} == {Relation.UNCERTAIN}
    for match in found:  # what is said to stand in the name does, without the listed name's own legal form
        assert match.evidence[0].detail.partition(" stands in it")[0] in name


@pytest.mark.parametrize(
    "name",
    [
        "CoStar Group, Inc.",  # the same words with a strange form: another company, and no longer name
        "CHINA MOBILE GAMES & ENTERTAINMENT",  # known to be nobody's relative
        "Huawei Culture Co.,Ltd.",
        "UCH TB SH DJI 38000 B38000 OP E",  # an index: three letters say nothing behind others
        "CHINA ELECTRONICS HOLDINGS INC",  # words of everybody
        "CEC ENTERTAINMENT",
        "SMICK",
    ],
)
def test_strangers_bear_no_name(resolver, name):
    assert matches(resolver, name) == ()


def test_a_known_relative_is_told_by_what_is_known_of_it(resolver):
    (match,) = matches(resolver, "CGN POWER CO LTD")
    assert match.policy != Policy.BEARS_NAME


def test_an_identifier_goes_before_the_name(resolver):
    isin = SecurityIdentifier(scheme=Scheme.ISIN, value="CNE100000PM8")
    (match,) = matches(resolver, "HIKVISION ENERGY", identifiers=(isin,))
    assert (match.relation, match.policy) == (Relation.ISSUER, "")


def test_names_of_relatives_are_not_borne_and_every_entity_of_a_name_is_named_once():
    listed = [
        ListedName("1", "Gravitol Co., Ltd.", NameKind.PRIMARY),
        ListedName("1", "Gravitol Corp", NameKind.AKA),
        ListedName("2", "Gravitol", NameKind.PRIMARY),
        ListedName("3", "Zephyrine", NameKind.PRIMARY, relation="related"),
    ]
    bearers = Bearers(listed)
    assert [b.listed.uid for b in bearers.of("GRAVITOL MARINE")] == ["1", "2"]
    assert bearers.of("ZEPHYRINE MARINE") == []
    assert bearers.of("GRAVITOL LTD") == []
    assert bearers.of("") == []


def test_every_name_of_a_row_is_looked_at_and_what_asks_goes_first(resolver):
    (found,) = resolver.resolve([Security(issuer_name="HIKVISION ROBOTICS", security_name="CNOOC LIRNITED")], ON)
    assert {m.entity.uid for m in found} >= {"30946", "30926"}
    assert [m.relation for m in found][-1] is Relation.RELATED_UNLISTED
    assert found[0].relation is Relation.UNCERTAIN
