"""Unknown words around an issuer make a question of its name, never silence."""

from datetime import date

import pytest

from cmic_screen.model import Relation, Security
from cmic_screen.reference import load_snapshot
from cmic_screen.resolve.apart import parts


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("CHINA MOBILE 4.5% callable subordinated perpetual securities tranche two", "30923"),
        ("SMIC 2.693% 02/27/25 REGS callable sustainability linked", "30951"),
        ("CNOOC LTD 4% GUARANTEED SENIOR NOTES DUE 2030 SERIES B REGISTERED", "30926"),
        ("中国移動（チャイナモバイル）", "30923"),
        ("China Tower Corp Ltd / China Mobile Limited", "30923"),
        ("CHL - CHINA MOBILE LTD SPON ADR", "30923"),
        ("SEMICONDUCTOR MANUFACTURING INTERNATIONAL CORPORATION (CAYMAN ISLANDS)", "30951"),
        ("SDIC SOMETHING ELSE CO LTD (F/K/A XIAMEN MEIYA PICO INFORMATION)", "33896"),
        ("SMIC (981)", "30951"),
        ("3.5 % Notes CNOOC Finance 2015 USA", "30926"),
        ("4,125 % Notes Proven Honour Capital 2015-06.05.26", "32091"),
        ("Aero Engine Corp of China / AECC Aviation Power Co Ltd", "30902"),
        ("CEO US CNOOC LTD ADR", "30926"),
        ("NC2B GR CNOOC LTD", "30926"),
        ("PEOPLE'S REPUBLIC OF CHINA CHINA MOBILE LTD", "30923"),
        ("CHN - HIKVISION", "30946"),
        ("*ST NETPOSA", "33895"),
        ("买入中国电信", "30882"),
        ("股息-中国移动有限公司", "30923"),
        ("中国铁建分红", "30959"),
        ("22AVIC MTN001 AVIATION INDUSTRY CORP OF CHINA", "30925"),
        ("海康威视融资", "30946"),
        ("中國鐵建購證", "30959"),
        ("AEROSUN CORP BLOCK", "32129"),
        ("China Electronics Corporation repo leg two", "30932"),
        ("INSPUR GROUP CO. POOL", "30949"),
        ("CHINA MOBILE CHINA MOBILE LTD", "30923"),
        ("SMIC TIME DEPOSIT", "30951"),
        ("Ausführung ORDER Kauf Hikvision", "30946"),
        ("Ungewohnte Worte davor CHINA MOBILE LTD", "30923"),
        ("Hikvision (HIK)", "30946"),
        ("CHL: CHINA MOBILE", "30923"),
        ("SMIC | 981", "30951"),
        ("HIKVISION BRIDGE LOAN", "30946"),
        ("HIKVISION RSU", "30946"),
        ("CNOOC@EC2612A", "30926"),  # reads as CN's warrant on OOC as well, which nobody writes
        ("SMIC#RC2712A", "30951"),
        ("HIKVISION CERTIFICATE OF DEPOSIT", "30946"),
        ("CHINA TELECOM REPO", "30882"),
        ("SMIC SYNDICATED LOAN", "30951"),
        ("HIKVISION FX FORWARD", "30946"),
        ("CHINA TELECOM ACCRUED INTEREST", "30882"),
        ("HIKVISION Lot #2", "30946"),
        ("HIKVISION *** SANCTIONED ***", "30946"),
        ("Issuer: CNOOC LTD", "30926"),
        ("Spin-off CNOOC LTD", "30926"),
        ("Total CNOOC LTD", "30926"),
        ("EQ-CNOOC LTD", "30926"),
        ("HIKVISION fka Acme Corp", "30946"),
        ("CNOOC LTD /Acme", "30926"),
        ("中国移动存款", "30923"),
        ("中国移动应收股息", "30923"),
    ],
)
def test_a_part_of_a_name_is_asked_about(name, uid, resolver):
    ((*matches,),) = resolver.resolve([Security(security_name=name)], date(2026, 11, 1))
    assert uid in {m.entity.uid for m in matches}


@pytest.mark.parametrize("name", ["DJI", "大疆创新", "旷视", "Yitu Technology", "曙光信息", "PROVENGLY"])
def test_a_brand_alone_is_asked_about(name, resolver):
    ((match, *_),) = resolver.resolve([Security(security_name=name)], date(2026, 11, 1))
    assert match.relation is Relation.UNCERTAIN


def test_a_part_proves_nothing_and_a_plain_name_has_none(resolver):
    ((*matches,),) = resolver.resolve([Security(security_name="CNOOC LIMITED / Foo Bar Baz")], date(2026, 11, 1))
    assert {m.relation for m in matches} <= {Relation.UNCERTAIN, Relation.ISSUER}
    assert parts("CHINA MOBILE LTD") == ()
    assert parts("NESTLE SA (Ord)") == ()
    assert parts("CHINA UNICOM (HK) LTD") == ()
    assert parts("PANDA EXPRESS") == ()
    assert parts("AERO ENGINE CORP OF CHINA") == ()
    assert parts("CHINA SHIPBUILDING CORP TAIWAN") == ()  # Taiwan's, another company


@pytest.mark.parametrize(
    ("name", "uid", "relation"),
    [
        ("HIKVISION 海康威视", "30946", Relation.ISSUER),
        ("China Mobile Limited 中国移动有限公司", "30923", Relation.ISSUER),
        ("SMIC 中芯国际", "30951", Relation.UNCERTAIN),
        ("中国交建 CCCC", "30930", Relation.UNCERTAIN),
        ("CNOOC Limited 某某控股", "30926", Relation.UNCERTAIN),
    ],
)
def test_a_name_in_two_scripts_is_read_in_both(name, uid, relation, resolver):
    """One company in both halves is the whole name; one half alone only asks."""
    ((*matches,),) = resolver.resolve([Security(security_name=name)], date(2026, 11, 1))
    assert {m.entity.uid: m.relation for m in matches}[uid] is relation


@pytest.mark.parametrize(
    "name", ["CSC 中信建投证券", "Tencent 腾讯控股", "China Railway Group 中国中铁", "CEC 某某国际"]
)
def test_a_name_in_two_scripts_that_is_not_listed_asks_nothing(name, resolver):
    ((*matches,),) = resolver.resolve([Security(security_name=name)], date(2026, 11, 1))
    assert {m.relation for m in matches} <= {Relation.RELATED_UNLISTED}


@pytest.mark.parametrize("name", ["CSSC (Hong Kong) Shipping Company Limited", "CGN Power Co Ltd (Guangdong)"])
def test_a_relative_without_its_brackets_is_still_a_relative(name, resolver):
    ((*matches,),) = resolver.resolve([Security(security_name=name)], date(2026, 11, 1))
    assert {m.relation for m in matches} == {Relation.RELATED_UNLISTED}


@pytest.mark.parametrize(("name", "uid"), [("CN0OC LTD", "30926"), ("CHINA MOBI1E LIMITED", "30923")])
def test_digits_that_a_scanner_read_for_letters_ask(name, uid, resolver):
    ((match, *_), none) = resolver.resolve([Security(security_name=n) for n in (name, "3SBIO INC")], date(2026, 11, 1))
    assert (match.entity.uid, match.relation) == (uid, Relation.UNCERTAIN)
    assert none == ()


@pytest.mark.parametrize(
    "written",
    ["SPON ADR {}", "H SHS {}", "REG SHS {}", "Cash dividend {}", "Purchase of {}", "CALL {}", "EQ {}", "Stock: {}",
     "Payable for securities purchased: {}", "Loan to {}", "2. {}", "{}, pledged", "{} (CNY)", "{} dividend"],
)  # fmt: skip
def test_words_of_a_booking_or_of_notation_around_any_listed_name_ask(written, resolver):
    """Word order of noise never makes a listed name silent (issue 4); a dividend's line names somebody (issue 5.7)."""
    entities = load_snapshot().entities
    found = resolver.resolve([Security(security_name=written.format(e.name)) for e in entities], date(2026, 11, 1))
    missed = [e.name for e, ms in zip(entities, found, strict=True) if e.uid not in {m.entity.uid for m in ms}]
    assert missed == []


def test_a_company_s_own_words_are_no_booking(resolver):
    names = ("CGN HOLDING", "PANDA CAPITAL", "FINAL FRONTIER LTD", "NET ONE SYSTEMS", "SPECIAL OLYMPICS")
    assert resolver.resolve([Security(security_name=n) for n in names], date(2026, 11, 1)) == [()] * len(names)
