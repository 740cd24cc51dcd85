"""Names as brokers' and custodians' exports print them: beside codes, in baskets, in other scripts, half in English."""

from datetime import date

import pytest

from cmic_screen.model import Relation, Security

ASKS = {Relation.ISSUER, Relation.DERIVATIVE, Relation.UNCERTAIN}


def relations(resolver, name: str) -> dict[str, Relation]:
    """What a security with nothing but this name is to each entity."""
    (found,) = resolver.resolve([Security(security_name=name)], date(2026, 1, 8))
    return {m.entity.uid: m.relation for m in found}


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("CHINA RAILWAY CON.'H'", "30959"),  # no Heavy Industry, a relative that the letter could begin
        ("CHINA TELECOM CORP.'A'", "30882"),  # nor Americas
        ("China Shipb.Ind.Group Pow.C.L. Registered Shares A YC 1", "32106"),
        ("CHINA TELECOM CO., LTD E", "30882"),  # a flag, no Europe
        ("CHINA RAILWAY CONSTRUCTION R", "30959"),  # a letter is a flag as well as the beginning of REAL ESTATE
        ("CHINA TELECOM.CO.LTD I", "30882"),
        ("HIKVISION2.875%5JUL26", "30946"),  # coupons that cling to a name, as Euronext prints them
        ("CNOOC LTD4.125%MAY26", "30926"),
        ("CHINA RAILWAY CONSTRUCTION18/23REGS", "30959"),
        ("CNOOC FRN21FEB40", "30926"),
        ("CHINA MOBILE CLASE H", "30923"),
        ("CHINA MOBILE ORD'H'", "30923"),
        ("CHINA TELECOM CORP LMT", "30882"),
        ("CHINA MOBILE LIM", "30923"),
        ("GUIZHOU SPACE AP", "32101"),
        ("CHINA MOBILE 5XLONGSG270331", "30923"),
        ("DLC SG5XLONG CHINA MOBILE", "30923"),
        ("Total return swap on China Mobile Ltd, expires 6/27", "30923"),
        ("Written Put China Mobile 60", "30923"),
        ("MORGAN STANLEY ASIA HANGZHOU HIKVISION CERTIFICATE", "30946"),
        ("PROVGLO 4 02/21/27 PROVEN GLORY CAPITAL", "32089"),
        ("CHINA MOBILE SHS SPONSORED AMERICAN DEPOSIT RECEIPT REPR 5 SHS", "30923"),
        ("CHINA MOBILE ISIN #HK0941009539 SEDOL #6073556", "30923"),
        ("CHINA TELECOM CORP ADR EACH REPR", "30882"),
        ("CHINA MOBILE Shs -A- Hong Kong Stock Connect", "30923"),
        ("China Telecom Corp¹", "30882"),
        ("CHINA MOBILE WHEN ISSUED", "30923"),
        ("ANHUI GT.WALL MIL.IND. 'A'", "32028"),
        ("动力定02 中国动力", "32106"),
        ("航天通信集团", "32073"),
        ("CHINA TELECOM 'H'CNY1", "30882"),  # a class in quotes to which the par value clings
        ("BNP PARIBAS ISSUANCE BV CERT 2027 ON CHINA MOBILE LTD", "30923"),
        ("FCN CHINA MOBILE/TENCENT/HSBC 12% 2027", "30923"),
        ("WORST OF AUTOCALL CNOOC LTD/PETROCHINA 2027", "30926"),
        ("BARCLAYS BANK PLC 0% 2027 ELN CHINA MOBILE", "30923"),
        ("Turbo Long China Mobile 60 Open End HSBC", "30923"),
        ("Faktor 4x Long China Mobile (Vontobel)", "30923"),
        ("Bonus Cap Zertifikat auf China Mobile", "30923"),
        ("ELI CHINA MOBILE 06/26", "30923"),
        ("FCN 6M CHINA MOBILE KI 65%", "30923"),
        ("TRS RECEIVE CNOOC LTD PAY SOFR", "30926"),
        ("SMIC-A SSE STAR", "30951"),
        ("海康威视 深港通", "30946"),
        ("CHL.N CHINA MOBILE ADR", "30923"),
        ("(CHL) CHINA MOBILE LTD", "30923"),
        ("CHINA MOBILE LTD [CHL]", "30923"),
        ("*** SANCTIONED *** CHINA MOBILE LTD", "30923"),
        ("CHINA MOBILE LTD @HKD85.20", "30923"),
        ("SEMICONDUCTOR MFG INTL CORP ORD SHS ISIN#KYG8020E1199", "30951"),
        ("XS1408796101 PROVEN HONOUR 4.125 26", "32091"),
        ("CHINA TELECOM COR ADR100 H YC1", "30882"),
        ("CNOOC&nbsp;LTD", "30926"),
        ("AVIC XI&#39;AN AIRCRAFT INDUSTRY GROUP", "32052"),
        ("运载火箭技术研究院", "30927"),  # without 中国
        ("LEONTEQ SECURITIES AG BRC ON CHINA MOBILE LTD 2027", "30923"),
        ("CREDIT SUISSE AG 9.5% RC AVIC JONHON 2027", "32055"),
        ("CHINA AEROSPACE SCIENCE & INDUSTRY CORP CASH DIVIDEND 2026", "30928"),
        ("EQUITY/CNOOC LTD", "30926"),
        ("CREST CHINA MOBILE LTD", "30923"),
        ("CNOOC LTD (CHINA)", "30926"),
        ("持有中国铁建", "30959"),
        ("中国铁建 香港", "30959"),
        ("中国 中国铁建质押", "30959"),
        ("SEMICONDUCTOR MANU.ADR/5", "30951"),
        ("CNOOC SP.ADR/100", "30926"),
        ("CHINA AEROSPACE SCIENCE ND TECHNOLOGY CORPORATION", "30929"),  # AND with a slip
        ("CHINA MOBILE COMUNICATION GROUP", "30944"),
        ("중국철건H", "30959"),
        ("센스타임-W", "33114"),
        ("하이크비전 보통주", "30946"),
        ("[홍콩] 차이나모바일", "30923"),
        ("チャイナ・モバイル【00941】", "30923"),
        ("China Mobile Ltd \u0430\u043e", "30923"),  # Moscow's ordinary share
        ("港股:中国移动", "30923"),
        ("XD南京熊", "32128"),  # no bear contract on Nanjing
        ("中芯瑞銀六四購A", "30951"),
        ("MB-CRCC@EC2609A", "30959"),
        ("MBSENTM@EC2605A", "33114"),
        ("ハイクビジョン", "30946"),
        ("チャイナモバイル(中国移動)", "30923"),
        ("중국철건", "30959"),
        ("Чайна Телеком", "30882"),
        ("中科曙光(スゴン)", "33113"),
        ("CHINA HAIFANG", "32103"),
        ("AVIC SHENFEI-A", "32056"),
    ],
)
def test_a_listed_company_behind_a_house_s_notation_is_asked_about(resolver, name, uid):
    assert relations(resolver, name).get(uid) in ASKS


def test_a_short_name_that_may_be_another_s_in_a_warrant_proves_nothing(resolver):
    assert relations(resolver, "MB-CRCC@EC2609A") == {"30959": Relation.UNCERTAIN}


def test_a_code_with_its_market_in_the_name_says_whose_the_name_is(resolver):
    assert relations(resolver, "中国联通 600050") == {"30942": Relation.RELATED_UNLISTED}
    assert relations(resolver, "600050 CH CHINA UNITED NETWORK") == {"30942": Relation.RELATED_UNLISTED}
    assert relations(resolver, "CHINA MOBILE (0941.HK)") == {"30923": Relation.ISSUER}


def test_an_official_name_with_a_class_that_the_company_has_none_of_asks(resolver):
    (found,) = resolver.resolve([Security(security_name="CHINA UNICOM LTD-A")], date(2026, 1, 8))
    asked = next(m for m in found if m.entity.uid == "30924")
    assert asked.relation is Relation.UNCERTAIN
    assert asked.reason == "the name is this entity's, but no A share of it is known"
    assert relations(resolver, "CHINA UNICOM LTD")["30924"] is Relation.ISSUER
    assert relations(resolver, "CHINA MOBILE LTD-A")["30923"] is Relation.ISSUER


@pytest.mark.parametrize(
    "name",
    [
        "CNOOC FIN 2015 USA LLC",
        "CNOOC ENERGY TECHNOLOGY & SE-A",
        "CHINA HARBOUR ENGINEERING CO",
        "中国土木工程集团有限公司",
    ],
)
def test_a_company_of_a_listed_one_s_group_is_told_and_not_listed(resolver, name):
    assert set(relations(resolver, name).values()) == {Relation.RELATED_UNLISTED}


@pytest.mark.parametrize(
    "name", ["SOUTH CHINA INDUSTRIES LTD", "VIETNAM SHIPBUILDING INDUSTRY CORP", "CHINA PETROLEUM/CNOOC"]
)
def test_a_stranger_is_left_alone(resolver, name):
    assert not relations(resolver, name)
