"""Names that companies bear beside OFAC's (of bonds, in English words), and false friends of short names."""

from datetime import date

import pytest

from cmic_screen.model import Relation, Security

ASKS = {Relation.ISSUER, Relation.DERIVATIVE, Relation.UNCERTAIN}


def asked(resolver, name: str) -> dict[str, Relation]:
    """The entities about which a security with nothing but this name asks."""
    (found,) = resolver.resolve([Security(security_name=name)], date(2026, 11, 1))
    return {m.entity.uid: m.relation for m in found if m.relation in ASKS or m.policy == "REVIEW"}


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("24电信MTN001", "30882"),
        ("24电信MTN001", "30939"),
        ("22中移SCP001", "30944"),
        ("23中航发MTN001", "30902"),
        ("21核工业MTN001", "30954"),
        ("22兵器MTN001", "30957"),
        ("22华为MTN001", "32087"),
        ("火炬转债", "32077"),
        ("CHINA ELECTRONICS INFORMATION INDUSTRY GROUP CO LTD", "30932"),
        ("CHINA ORDNANCE INDUSTRIES GROUP", "30957"),
        ("AEROSPACE TIMES ELECTRONIC TECHNOLOGY CO LTD", "32085"),
        ("AVIC GROUP", "30925"),
        ("中航工业集团", "30925"),
        ("CHINA NUCLEAR E&C", "30958"),
        ("HIKVISION TECHNOLOGY CO LTD", "30946"),
        ("SENSETIME TECHNOLOGY", "33114"),
        ("CLOUDWALK-UW", "33112"),
        ("KWEICHOW SPACE APPLIANCE CO", "32101"),
        ("FUKIEN TORCH ELECTRON TECH", "32077"),
        ("CHINA UNICOM HGKG", "30924"),
        ("ZHONGHANG XIFEI GROUP", "32052"),
        ("ZHONGGUO DIANXIN GROUP", "30939"),
        ("ZHONGGUOTIEJIANGUFENYOUXIANGONGSI", "30959"),
    ],
)
def test_another_name_of_a_listed_company_is_asked_about_and_proves_nothing(resolver, name, uid):
    assert asked(resolver, name).get(uid) is Relation.UNCERTAIN


@pytest.mark.parametrize(
    "name",
    [
        "CASIO",
        "COPEC",
        "CHINA CAMC",
        "CNPC",
        "CHINA SOUTHERN",
        "CHINA AEROSPACE",
        "CHINA RAILWAYS",
    ],
)
def test_a_false_friend_a_letter_away_from_a_short_name_raises_no_alarm(resolver, name):
    assert asked(resolver, name) == {}
