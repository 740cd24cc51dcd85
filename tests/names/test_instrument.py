"""What belongs to the instrument comes off a name, is kept with its meaning, and the issuer stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.model import InstrumentKind as Kind
from cmic_screen.names import split_instrument
from cmic_screen.names.hkex import parse_structured

CASES = [
    ("CHINA TELECOM CP SPN ADR", "CHINA TELECOM CP", Kind.RECEIPT),
    ("CHINA UNICOM HONG KO-ADR", "CHINA UNICOM HONG KO", Kind.RECEIPT),
    ("CNOOC LTD-SPON ADR", "CNOOC LTD", Kind.RECEIPT),
    ("CNOOC LTD/ADR", "CNOOC LTD", Kind.RECEIPT),
    ("China Telecom Corp., Ltd.-A", "China Telecom Corp., Ltd.", Kind.SHARE),
    ("China Telecom Co.,-H", "China Telecom Co.", Kind.SHARE),
    ("CNOOC LTD.-SPON ADR", "CNOOC LTD.", Kind.RECEIPT),
    ("China Mobile Ltd./ADR/", "China Mobile Ltd.", Kind.RECEIPT),
    ("CHINA MOBILE/ADR", "CHINA MOBILE", Kind.RECEIPT),
    ("CHINA TELECOM CORP LTD/H", "CHINA TELECOM CORP LTD", Kind.SHARE),
    ("ANHEUSER-BUSCH INBEV SA/NV", "ANHEUSER-BUSCH INBEV SA/NV", None),
    ("CHINA RAIL CN-H", "CHINA RAIL CN", Kind.SHARE),
    ("CNOOC LTD HK-H", "CNOOC LTD", Kind.SHARE),
    ("CNOOC LTD. ADR/100 HD-,02", "CNOOC LTD.", Kind.RECEIPT),
    ("CNOOC LTD HKD0.02", "CNOOC LTD", Kind.SHARE),
    ("CNOOC LTD.ADR 100", "CNOOC LTD", Kind.RECEIPT),
    ("CHINA MOBILE F SPONSORED ADR 1 ADR REPS 5 ORD SHS", "CHINA MOBILE", Kind.RECEIPT),
    ("CNOOC AMERICAN DEP SHS", "CNOOC", Kind.RECEIPT),
    ("CNOOC DL-NOTES 2019(29)", "CNOOC", Kind.BOND),
    ("CNOOC DL-NTS 2019(19/29) REG.S", "CNOOC", Kind.BOND),
    ("CHINA TELECOM YC-MED.-TERM NTS 2021(26)", "CHINA TELECOM", Kind.BOND),
    ("CHINA TELECOM MTN001", "CHINA TELECOM", Kind.BOND),
    ("CHINA TELECOM SUPER SHORT-TERM COMMERCIAL PAPER", "CHINA TELECOM", Kind.BOND),
    ("CHINA TELECOM ZERO CPN CB 26", "CHINA TELECOM", Kind.CONVERTIBLE),
    ("CHINA TELECOM CNY3.5BN 2026", "CHINA TELECOM", Kind.BOND),
    ("CHINA TELECOM T2 2030", "CHINA TELECOM", Kind.BOND),
    ("CHINA TELECOM CLN 2027", "CHINA TELECOM", Kind.STRUCTURED_NOTE),
    ("CDS CHINA TELECOM 5Y", "CHINA TELECOM", Kind.SWAP),
    ("CHINA TELECOM 261218C80", "CHINA TELECOM", Kind.OPTION),
    ("CHINA TELECOM SH601728", "CHINA TELECOM", None),
    ("CHINA TELECOM SH CONNECT", "CHINA TELECOM", Kind.SHARE),
    ("CALL (CEO) CNOOC LTD DEC 18 26 $80 (100 SHS)", "CNOOC LTD", Kind.OPTION),
    ("CHINA MOBILE CL-A", "CHINA MOBILE", Kind.SHARE),
    ("CSSC OFFSHORE &-H", "CSSC OFFSHORE &", Kind.SHARE),
    ("CHINA MOBILE-A (SH)", "CHINA MOBILE", Kind.SHARE),
    ("CHINA MOBILE (SH)", "CHINA MOBILE", Kind.SHARE),
    ("CHINA UNICOM (HK)", "CHINA UNICOM HK", None),
    ("CHINA MOBILE SEHK: 941", "CHINA MOBILE", None),
    ("SEHK:941 CHINA MOBILE", "CHINA MOBILE", None),
    ("HIKVISION CNY", "HIKVISION", None),
    ("CHINA MOBILE DELISTED", "CHINA MOBILE", None),
    ("CN UNICOM ADR 10/HD-,10", "CN UNICOM", Kind.RECEIPT),
    ("CHINA MOBILE LTD ADR 1:5", "CHINA MOBILE LTD", Kind.RECEIPT),
    ("CRCC HY N2709-R", "CRCC HY", Kind.BOND),
    ("HANGZHOU HIKVISION DIGITAL-CW27", "HANGZHOU HIKVISION DIGITAL", Kind.WARRANT),
    ("CNOOC LIMITED ORDINARY SHARES", "CNOOC LIMITED", Kind.SHARE),
    ("CNOOC LTD O.N.", "CNOOC LTD", Kind.SHARE),
    ("CHINA CMNCTS CONSTR.H YC1", "CHINA CMNCTS CONSTR", Kind.SHARE),
    ("CHINA TELECOM H  YC 1", "CHINA TELECOM", Kind.SHARE),
    ("CHINA MOBILE LTD CNY1 A (STOCK CONNECT)", "CHINA MOBILE LTD", Kind.SHARE),
    ("AVIC AVIATION HIGH-TECHNOL-A", "AVIC AVIATION HIGH-TECHNOL", Kind.SHARE),
    ("CHINA ELECTRONICS CORP 4.7% 2023 MTN", "CHINA ELECTRONICS CORP", Kind.BOND),
    ("AVIATION INDUSTRY CORP. OF CHINA LTD. ANLEIHE 2027", "AVIATION INDUSTRY CORP. OF CHINA LTD.", Kind.BOND),
    ("CNOOC LTD ANL. V.2019(2027)", "CNOOC LTD", Kind.BOND),
    ("CNOOC LTD INHABERSCHULDVERSCHREIBUNG", "CNOOC LTD", Kind.BOND),
    ("SMIC OBBLIGAZIONI 2027", "SMIC", Kind.BOND),
    ("CHINA MOBILE LTD OBLIGATION 2027", "CHINA MOBILE LTD", Kind.BOND),
    ("CHINA MOBILE LIMITED Namens-Aktien", "CHINA MOBILE LIMITED", Kind.SHARE),
    ("CHINA MOBILE LIMITED actions au porteur", "CHINA MOBILE LIMITED", Kind.SHARE),
    ("CHINA MOBILE LIMITED azioni ordinarie", "CHINA MOBILE LIMITED", Kind.SHARE),
    ("CHINA MOBILE LTD Registered Bearer Aktie o.N. HD -,10", "CHINA MOBILE LTD", Kind.SHARE),
    ("YITU LIMITED SERIES C", "YITU LIMITED", Kind.SHARE),
    ("SENSETIME GROUP LTD CONV PREF D", "SENSETIME GROUP LTD", Kind.PREFERRED),
    ("P-NOTE HANGZHOU HIKVISION DIGITAL TECH 2027", "HANGZHOU HIKVISION DIGITAL TECH", Kind.STRUCTURED_NOTE),
    ("CHINA RAILWAY CONSTRUCTION SSF DEC26", "CHINA RAILWAY CONSTRUCTION", Kind.FUTURE),
    ("LEPO CHINA COMMUNICATIONS CONSTRUCTION CW27", "CHINA COMMUNICATIONS CONSTRUCTION", Kind.WARRANT),
    ("SMIC CW DEC26 SEMICONDUCTOR MANUFACTURING", "SMIC SEMICONDUCTOR MANUFACTURING", Kind.WARRANT),
    ("CHINA MOBILE LTD C 60.00 12/19/26", "CHINA MOBILE LTD", Kind.OPTION),
    ("CHINA MOBILE LTD 26DEC26 80 C", "CHINA MOBILE LTD", Kind.OPTION),
    ("CHINA MOBILE LTD 12/30/26 C80", "CHINA MOBILE LTD", Kind.OPTION),
    ("CALL CHINA MOBILE 80 DEC26", "CHINA MOBILE", Kind.OPTION),
    ("BULL CHINA COMM CONSTRUCTION 2027", "CHINA COMM CONSTRUCTION", Kind.CBBC),
    ("BULL GROUP CO LTD-A", "BULL GROUP CO LTD", Kind.SHARE),
    ("UBS CHINA MOBILE CW27", "CHINA MOBILE", Kind.WARRANT),
    ("CREDIT SUISSE AG CHINA MOBILE ELN 2027", "CHINA MOBILE", Kind.STRUCTURED_NOTE),
    ("CHINA TELECOM JB CALL DEC26", "CHINA TELECOM", Kind.OPTION),
    ("VON CW CALL CHINA MOBILE 80 A 17062", "CHINA MOBILE", Kind.WARRANT),
    ("AUTOCALLABLE NOTE ON CHINA MOBILE LTD 2027", "CHINA MOBILE LTD", Kind.STRUCTURED_NOTE),
    ("GOLDMAN SACHS CALL DEC26", "GOLDMAN SACHS", Kind.OPTION),
    ("CALL CHINA MOBILE DEC26 80", "CHINA MOBILE", Kind.OPTION),
    ("SG-CHINA MOBILE RC2706A", "CHINA MOBILE", Kind.CBBC),
    ("UBS CHINA MOBILE EC2612A", "CHINA MOBILE", Kind.WARRANT),
    ("JPM CNOOC BULL CERT CW27", "CNOOC", Kind.CBBC),
    ("OPEN END TURBO CHINA MOBILE", "CHINA MOBILE", Kind.WARRANT),
    ("BARRIER REV CONV CHINA MOBILE 2026", "CHINA MOBILE", Kind.STRUCTURED_NOTE),
    ("HANGZHOU HIKVISION P NOTE 2027 (UBS)", "HANGZHOU HIKVISION", Kind.STRUCTURED_NOTE),
    ("BRC ASIA LTD", "BRC ASIA LTD", None),
    ("UBS DEC 26 HIKVISION CALL", "HIKVISION", Kind.OPTION),
    ("HIKVISION C80 12/18/26 WTS", "HIKVISION", Kind.WARRANT),
    ("TRS CHINA MOBILE Z6", "CHINA MOBILE", Kind.SWAP),
    ("CHINA TELECOM SINGLE STOCK FUTURE Z6 (CS)", "CHINA TELECOM", Kind.FUTURE),
    ("AVIC HEAVY MACHINERY 2.9 PCT 2027", "AVIC HEAVY MACHINERY", Kind.BOND),
    ("CNOOC 4 1/8 27", "CNOOC", Kind.BOND),
    ("5 1/4% CHINA MOBILE CONV 27", "CHINA MOBILE", Kind.CONVERTIBLE),
    ("SENSETIME GROUP CMN CLASS A", "SENSETIME GROUP", Kind.SHARE),
    ("YITU SERIES C-1", "YITU", Kind.SHARE),
    ("CHINA ELECTRONICS TECHNOLOGY G-H-", "CHINA ELECTRONICS TECHNOLOGY G", Kind.SHARE),
    ("CHINA TELECOM CORPORATION LIMITED HK", "CHINA TELECOM CORPORATION LIMITED", None),
    ("CHINA TELECOM HK", "CHINA TELECOM HK", None),
    ("CHINA TELECOM CORP LTD (728 HK)", "CHINA TELECOM CORP LTD", None),
    ("0728.HK CHINA TELECOM-H", "CHINA TELECOM", Kind.SHARE),
    ("600941 CH CHINA MOBILE", "CHINA MOBILE", None),
    ("CHINA TELECOM CORP 'H'CNY1", "CHINA TELECOM CORP", Kind.SHARE),
    ("SEMICOND.MANUFACT.DL-,004", "SEMICOND.MANUFACT.", Kind.SHARE),
    ("CNOOC AANDELEN HKD", "CNOOC", Kind.SHARE),
    ("PROVEN HONOUR CAP LTD GTD SNR NOTES 2026", "PROVEN HONOUR CAP LTD", Kind.BOND),
    ("UBS GROUP CALL DEC26", "UBS GROUP", Kind.OPTION),
    ("CHINA NATIONAL NUCLEAR CORP PERP 2.9", "CHINA NATIONAL NUCLEAR CORP", Kind.BOND),
    ("MEGVII TECHNOLOGY CONV NOTE 2026", "MEGVII TECHNOLOGY", Kind.CONVERTIBLE),
    ("CHINA MOBILE LTD COM", "CHINA MOBILE LTD", Kind.SHARE),
    ("CHINA UNICOM RED CHIP", "CHINA UNICOM", Kind.SHARE),
    ("CHINA GENERAL NUCLEAR POWER CORP MEDIUM TERM NOTE 2027", "CHINA GENERAL NUCLEAR POWER CORP", Kind.BOND),
    ("CHINA ELECTRONICS CORP COMMERCIAL PAPER", "CHINA ELECTRONICS CORP", Kind.BOND),
    ("CHINA COM", "CHINA COM", None),
    ("CNOOC FIN 3.5 2030", "CNOOC FIN", Kind.BOND),
    ("3.5 2030", "3.5 2030", None),
    ("PROVENGLY N2702", "PROVENGLY", Kind.BOND),
    ("SG-SMIC@EC2607B", "SMIC", Kind.WARRANT),
    ("HS#C MOBRC2710C", "C MOB", Kind.CBBC),
    ("中国移动A股", "中国移动", Kind.SHARE),
    ("中芯国际-U", "中芯国际", Kind.SHARE),
    ("24中国电信MTN001", "中国电信", Kind.BOND),
    ("海康威视(002415)", "海康威视", None),
    ("CHINA UNICOM (HK) LTD", "CHINA UNICOM HK LTD", None),
    ("INSPUR INTERNATIONAL LTD", "INSPUR INTERNATIONAL LTD", None),
    ("A", "A", None),
    ("ADR", "ADR", None),
    ("", "", None),
]


@pytest.mark.parametrize(("name", "issuer", "kind"), CASES)
def test_split(name: str, issuer: str, kind: Kind | None) -> None:
    """The issuer that stays, and the kind that the notation speaks for."""
    split = split_instrument(name)
    assert split.issuer == issuer
    assert kind is None or kind in {p.kind for p in split.parts}


@given(st.text(max_size=60))
def test_something_stays(name: str) -> None:
    """No name is taken apart until nothing is left of it."""
    assert bool(split_instrument(name).issuer) == bool(name.split())


@pytest.mark.parametrize(
    ("name", "underlying", "call", "expiry"),
    [
        ("SG-SMIC@EC2607B", "SMIC", True, "2607"),
        ("UBCNOOC@EP2603A", "CNOOC", False, "2603"),
        ("JP-TTI @EC2610A", "TTI", True, "2610"),
        ("HS#SMIC RC2609A", "SMIC", True, "2609"),
        ("UB#CNOOCRP26105", "CNOOC", False, "2610"),
    ],
)
def test_structured_product(name: str, underlying: str, call: bool, expiry: str) -> None:
    """HKEX's own notation of warrants and bull/bear contracts."""
    product = parse_structured(name)
    assert product is not None
    assert (product.underlying, product.call, product.expiry) == (underlying, call, expiry)


def test_no_structured_product() -> None:
    """An address or a plain name is none."""
    assert parse_structured("someone@example") is None
    assert parse_structured("CHINA MOBILE") is None
