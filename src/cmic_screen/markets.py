"""Tickers and the markets they are stated with, in every usual notation; it decides nothing about issuers.

Markets are ISO 10383 MICs. Where a notation names a country and no market (Bloomberg's `US`, OFAC's `CN`), the
two-letter ISO 3166 code stands in the MIC's place: two letters are no MIC, so no more is claimed than was stated.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Ticker:
    """A code in canonical form and its market: an ISO 10383 MIC, a two-letter country, or "" where not known.

    Hong Kong codes have no leading zeros (`941`), mainland codes six digits (`002415`).
    """

    code: str
    mic: str = ""


def _pairs(text: str) -> dict[str, str]:
    """A table written as `key=value` words."""
    return dict(word.split("=") for word in text.split())


MIC_COUNTRY: Final = _pairs("""
    XHKG=HK XSHG=CN XSHE=CN XBSE=RO BJSE=CN NEEQ=CN XNYS=US XNAS=US XASE=US ARCX=US BATS=US OTCM=US XETR=DE
    XFRA=DE XBER=DE XMUN=DE XSTU=DE XDUS=DE XHAM=DE XHAN=DE XGAT=DE XLON=GB XPAR=FR XAMS=NL XBRU=BE XLIS=PT
    XDUB=IE XMIL=IT XMAD=ES XSWX=CH XVTX=CH XWBO=AT XSTO=SE XHEL=FI XCSE=DK XOSL=NO XICE=IS XTSE=CA XTSX=CA
    XCNQ=CA XTKS=JP XKRX=KR XKOS=KR XTAI=TW ROCO=TW XSES=SG XASX=AU XNZE=NZ XNSE=IN XBOM=IN XIDX=ID XKLS=MY
    XBKK=TH XPHS=PH BVMF=BR XBUE=AR XMEX=MX XSGO=CL XBOG=CO XLIM=PE MISX=RU XJSE=ZA XSAU=SA XDFM=AE XADS=AE
    DSMD=QA XKUW=KW XTAE=IL XIST=TR XWAR=PL XPRA=CZ XBUD=HU ASEX=GR XCAI=EG HSTC=VN XSTC=VN XLUX=LU
""")
"""The country of each market that occurs in the tables below (ISO 10383)."""

SUFFIX_MIC: Final = _pairs("""
    HKG=XHKG HKEX=XHKG SSE=XSHG SZSE=XSHE
    HK=XHKG SS=XSHG SH=XSHG SHG=XSHG XSHG=XSHG SZ=XSHE SHE=XSHE XSHE=XSHE XHKG=XHKG BJ=BJSE L=XLON DE=XETR
    F=XFRA BE=XBER MU=XMUN DU=XDUS HM=XHAM HA=XHAN SG=XSTU TG=XGAT PA=XPAR AS=XAMS BR=XBRU LS=XLIS MI=XMIL
    MC=XMAD SW=XSWX S=XSWX VX=XSWX VI=XWBO ST=XSTO HE=XHEL CO=XCSE OL=XOSL TO=XTSE V=XTSX CN=CN N=XNYS O=XNAS
    OQ=XNAS PK=OTCM T=XTKS KS=XKRX KQ=XKOS TW=XTAI TWO=ROCO SI=XSES AX=XASX NZ=XNZE NS=XNSE BO=XBOM JK=XIDX
    KL=XKLS BK=XBKK PS=XPHS SA=BVMF BA=XBUE MX=XMEX ME=MISX MM=MISX JO=XJSE J=XJSE TA=XTAE IS=XIST WA=XWAR
    IR=XDUB US=US SR=XSAU QA=DSMD KW=XKUW
""")
BLOOMBERG: Final = _pairs("""
    HK=XHKG H1=XHKG H2=XHKG CH=CN CG=XSHG CS=XSHE C1=XSHG C2=XSHE CN=CN US=US UN=XNYS UW=XNAS UQ=XNAS UR=XNAS UA=XASE
    UP=ARCX
    UF=BATS UV=OTCM PQ=OTCM GR=DE DE=DE GY=XETR GF=XFRA GB=XBER GM=XMUN GS=XSTU GD=XDUS GH=XHAM GI=XHAN TH=XGAT
    LN=XLON FP=XPAR NA=XAMS BB=XBRU PL=XLIS ID=XDUB IM=XMIL SM=XMAD SW=XSWX VX=XSWX SE=XSWX AV=XWBO SS=XSTO
    FH=XHEL DC=XCSE NO=XOSL CT=XTSE CV=XTSX CA=CA JP=XTKS JT=XTKS KS=XKRX KP=XKRX KQ=XKOS TT=XTAI SP=XSES SG=SG
    AU=XASX AT=XASX NZ=XNZE IN=IN IS=XNSE IB=XBOM IJ=XIDX MK=XKLS TB=XBKK PM=XPHS BZ=BVMF BS=BVMF BR=BR AR=AR
    AF=XBUE MM=XMEX CI=XSGO CB=XBOG PE=XLIM RM=MISX RU=RU SJ=XJSE AB=XSAU UH=AE QD=DSMD KK=XKUW IT=XTAE TI=XIST
    PW=XWAR CP=XPRA HB=XBUD GA=ASEX EY=XCAI VN=VN
""")
PREFIX_MIC: Final = _pairs("""
    HK=XHKG HKG=XHKG HKEX=XHKG SEHK=XHKG HKSE=XHKG XHKG=XHKG SH=XSHG SHA=XSHG SHSE=XSHG SSE=XSHG XSHG=XSHG
    SZ=XSHE SHE=XSHE SZSE=XSHE XSHE=XSHE NYSE=XNYS XNYS=XNYS NASDAQ=XNAS XNAS=XNAS NYSEARCA=ARCX
    NYSEAMERICAN=XASE AMEX=XASE OTC=OTCM OTCMKTS=OTCM OTCPK=OTCM OTCQX=OTCM OTCQB=OTCM PINK=OTCM PINX=OTCM
    LON=XLON LSE=XLON FRA=XFRA ETR=XETR XETRA=XETR BER=XBER MUN=XMUN STU=XSTU TSE=XTSE TSX=XTSE CVE=XTSX
    TSXV=XTSX TYO=XTKS KRX=XKRX KOSDAQ=XKOS TPE=XTAI SGX=XSES ASX=XASX NSE=XNSE BOM=XBOM BVMF=BVMF EPA=XPAR
    AMS=XAMS BIT=XMIL BME=XMAD SWX=XSWX US=US CN=CN
""")

_EXCHANGE_WORDS: Final = (
    # order matters: the first pattern found in the words decides
    (r"STOCK CONNECT.*SHENZHEN|SHENZHEN|深圳|深交所|深市|深股通|深[AB]|SZSE", "XSHE"),
    (r"STOCK CONNECT.*SHANGHAI|SHANGHAI|上海|上交所|沪市|滬市|沪股通|滬股通|[沪滬][AB]|SHSE", "XSHG"),
    (r"HONG ?KONG|香港|港股|港交所|联交所|聯交所|HKEX|SEHK|홍콩", "XHKG"),
    (r"NEEQ|NATIONAL EQUITIES EXCHANGE|股转|股份转让|新三板|老三板", "NEEQ"),
    (r"BEIJING|北京|北交所", "BJSE"),
    (r"TAIPEI|GRETAI", "ROCO"),
    (r"TAIWAN", "XTAI"),
    (r"KOSDAQ", "XKOS"),
    (r"KOREA", "XKRX"),
    (r"TOKYO|JAPAN|東証|東京", "XTKS"),
    (r"SINGAPORE", "XSES"),
    (r"NYSE ARCA|ARCHIPELAGO", "ARCX"),
    (r"NYSE (AMERICAN|MKT)|AMERICAN STOCK", "XASE"),
    (r"NATIONAL STOCK EXCHANGE OF INDIA", "XNSE"),
    (r"BOMBAY|\bBSE\b|MUMBAI", "XBOM"),
    (r"NASDAQ (STOCKHOLM|OMX STOCKHOLM)|STOCKHOLM", "XSTO"),
    (r"HELSINKI", "XHEL"),
    (r"COPENHAGEN", "XCSE"),
    (r"ICELAND", "XICE"),
    (r"NASDAQ DUBAI|DUBAI", "XDFM"),
    (r"ABU DHABI", "XADS"),
    (r"NASDAQ", "XNAS"),
    (r"NEW YORK|NYSE", "XNYS"),
    (r"CBOE|BATS", "BATS"),
    (r"OTC|PINK|GREY MARKET|NON-NMS", "OTCM"),
    (r"XETRA", "XETR"),
    (r"FRANKFURT", "XFRA"),
    (r"BERLIN", "XBER"),
    (r"M(U|Ü|UE)NCHEN|MUNICH", "XMUN"),
    (r"STUTTGART", "XSTU"),
    (r"D(U|Ü|UE)SSELDORF", "XDUS"),
    (r"HAMBURG", "XHAM"),
    (r"HANNOVER|HANOVER", "XHAN"),
    (r"TRADEGATE", "XGAT"),
    (r"LONDON", "XLON"),
    (r"PARIS", "XPAR"),
    (r"AMSTERDAM", "XAMS"),
    (r"BRUSSELS", "XBRU"),
    (r"LISB", "XLIS"),
    (r"DUBLIN|IRISH|IRELAND", "XDUB"),
    (r"ITALIANA|MILAN", "XMIL"),
    (r"MADRID|MERCADO CONTINUO|BME", "XMAD"),
    (r"SIX|SWISS", "XSWX"),
    (r"WIEN|VIENNA", "XWBO"),
    (r"OSLO", "XOSL"),
    (r"VENTURE", "XTSX"),
    (r"TORONTO|TSX", "XTSE"),
    (r"AUSTRALIA|ASX", "XASX"),
    (r"NEW ZEALAND", "XNZE"),
    (r"INDONESIA|JAKARTA", "XIDX"),
    (r"MALAYSIA|KUALA", "XKLS"),
    (r"THAILAND|BANGKOK", "XBKK"),
    (r"PHILIPPINE", "XPHS"),
    (r"BOVESPA|B3|SAO PAULO", "BVMF"),
    (r"BUENOS AIRES|BYMA", "XBUE"),
    (r"MEXIC", "XMEX"),
    (r"SANTIAGO", "XSGO"),
    (r"COLOMBIA", "XBOG"),
    (r"LIMA", "XLIM"),
    (r"MOSCOW|MICEX", "MISX"),
    (r"JOHANNESBURG", "XJSE"),
    (r"SAUDI|TADAWUL", "XSAU"),
    (r"QATAR", "DSMD"),
    (r"KUWAIT", "XKUW"),
    (r"TEL.AVIV", "XTAE"),
    (r"ISTANBUL", "XIST"),
    (r"WARSAW", "XWAR"),
    (r"PRAGUE", "XPRA"),
    (r"BUDAPEST", "XBUD"),
    (r"ATHENS", "ASEX"),
    (r"EGYPT|CAIRO", "XCAI"),
)
_EXCHANGE: Final = tuple((re.compile(pattern), mic) for pattern, mic in _EXCHANGE_WORDS)

_KINDS: Final = re.compile(r"\s+(EQUITY|CORP|INDEX|PFD|GOVT|COMDTY|MTGE|MUNI)$")
_SPACED: Final = re.compile(r"([A-Z0-9.*/&-]+)\s+([A-Z][A-Z0-9])")
_PREFIXED: Final = re.compile(r"([A-Z]{2,12})\s*[:.]\s*([A-Z0-9./&-]+)")
_WORD_FIRST: Final = re.compile(r"([A-Z]{2,5})\s+([0-9]{1,6})")
_GLUED: Final = re.compile(r"(SH|SZ|HK)([0-9]{4,6})")
_GLUED_LAST: Final = re.compile(r"([0-9]{6})(CN|CH|SH|SZ|SS)|([0-9]{1,5})(HK)")
_NUMBER_FIRST: Final = re.compile(r"([0-9]{1,6})[\s-]+([A-Z]{2,5})")
_SUFFIXED: Final = re.compile(r"([A-Z0-9/&-]+(?:\.[A-Z])?)\.([A-Z]{1,4})")
_COLON_LAST: Final = re.compile(r"([A-Z0-9./&-]+)\s*:\s*([A-Z]{2,12})")
_DASHED: Final = re.compile(r"([0-9]{1,6}|[A-Z0-9]{1,6})-([A-Z]{2})")

_FACTSET: Final = _pairs("""
    HK=XHKG CN=CN US=US DE=DE GB=XLON JP=XTKS KR=KR TW=TW SG=XSES CA=CA AU=XASX FR=XPAR NL=XAMS CH=XSWX IN=IN
    BR=BVMF
""")
_LETTERS: Final = 5
"""Letters of a code at most, but for those of some exchanges in Asia: `HK.ELECTRIC` is a name."""
_LONGEST, _MAINLAND = 24, 6
_NO_FORMS: Final = (" US", " HK", " GR", " LN", " SP")
_NUMBERED: Final = {k: v for k, v in {**SUFFIX_MIC, **PREFIX_MIC}.items() if v in {"XHKG", "XSHG", "XSHE"}}
"""After a number SS is Shanghai and no Stockholm, SZ Shenzhen: there are no letters to tell them from."""
_NOTATIONS: Final = (
    (_SUFFIXED, 1, SUFFIX_MIC),
    (_PREFIXED, 2, PREFIX_MIC),
    (_COLON_LAST, 1, PREFIX_MIC),
    (_GLUED, 2, PREFIX_MIC),
    (_NUMBER_FIRST, 1, _NUMBERED),
    (_SPACED, 1, BLOOMBERG),
    (_WORD_FIRST, 2, PREFIX_MIC),
    (_DASHED, 1, _FACTSET),
    (_GLUED_LAST, 1, {**SUFFIX_MIC, "CH": "CN"}),
)
"""Pattern, the group that holds the code (the other holds the market), and the table of that notation's markets."""


def parse_ticker(text: str, *, exchange: str = "", currency: str = "", country: str = "") -> Ticker:
    """The code and market of a ticker in any usual notation; Ticker("", "") for blank text.

    Bloomberg `941 HK`, `600050 C1`; Reuters and Yahoo `0941.HK`, `600050.SS`; Google `HKG:0941`; Futu `HK.00941`;
    FactSet `941-HK`; `SHSE:603019`, `sh600941`, Saxo `VWRL:xams`, MICs on either side. `exchange` (name, code or
    MIC), `currency` (ISO 4217) and `country` (ISO 3166 or name) are those of the row and give a bare code its market
    only where they leave no choice; else `mic` is "" and the code must find a second sign elsewhere (pains A5).
    A market within the ticker outranks the row's.
    """
    return _parse(text, exchange, currency, country)


@lru_cache(maxsize=65536)
def _parse(text: str, exchange: str, currency: str, country: str) -> Ticker:
    plain = unicodedata.normalize("NFKC", text).strip().strip("'\"=").upper()
    plain = re.sub(r"\^.*$", "", plain).rstrip(". ")  # Reuters marks a dead line `CHA.N^A21`
    plain = _KINDS.sub("", plain)
    if re.fullmatch(r"[0-9]+\.0+", plain):
        plain = plain.partition(".")[0]
    if not any(c.isalnum() for c in plain):
        return Ticker("")
    code, market = _parted(plain)
    if not market:
        market = exchange_mic(exchange)
    if not market:
        market = _supported(code, currency.upper(), country.strip().upper())
    return _canonical(code, market)


def is_line(text: str) -> bool:
    """Whether a text as a whole is a line's code with its market (`0941.HK`, `SH600941`, `NYSE:CHL`), which is no name.

    Letters need the sign that a terminal or an exchange sets, or a market that is no legal form: two words of letters
    may be a company's (`BASF SE`, `ADDLIFE AB`).
    """
    if len(text) > _LONGEST:
        return False
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    bare = _KINDS.sub("", plain)
    code, market = _parted(bare)
    if not market or code.isdigit():  # 500 SH is an amount of shares; a point or colon parts no amount from its unit
        return bool(market) and (len(code) == _MAINLAND or market not in {"XSHG", "XSHE"} or " " not in bare)
    parted = ":" in bare or ("." in bare and " " not in bare) or bare.endswith(_NO_FORMS)
    if bare != plain:  # CORP, a terminal's key of bonds, is a company's word too (SHIFT UP CORP)
        return plain.endswith(" EQUITY")
    return parted and len(code) <= _LETTERS


def _parted(plain: str) -> tuple[str, str]:
    """The code and the market named within the text, "" where it names none."""
    for pattern, code_group, table in _NOTATIONS:
        found = pattern.fullmatch(plain)
        if not found:
            continue
        groups = [g for g in found.groups() if g is not None]
        code, name = groups[code_group - 1], groups[2 - code_group]
        market = table.get(name) or (name if name in MIC_COUNTRY else "")
        if market:
            return code, market
    return plain, ""


@lru_cache(maxsize=4096)
def exchange_mic(text: str) -> str:
    """The MIC of an exchange as a file states it: a MIC, a code or words; "" where it is not known or names none."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if not plain or plain in {"-", "N/A", "NO MARKET (E.G. UNLISTED)"}:
        return ""
    if plain in MIC_COUNTRY:
        return plain
    if plain in PREFIX_MIC and len(plain) > 2:
        return PREFIX_MIC[plain]
    if len(plain) == 2 and plain.isascii():  # `香港` has two characters as well, and is a word
        return BLOOMBERG.get(plain, "")
    return next((mic for pattern, mic in _EXCHANGE if pattern.search(plain)), "")


def mainland_mic(code: str) -> str:
    """The mainland exchange whose numbering a six-digit code follows; a hint of the market, never of the issuer."""
    if not re.fullmatch(r"[0-9]{6}", code):
        return ""
    if code[0] in "56" or code[:3] == "900":
        return "XSHG"
    if code[:3] in {"400", "420"}:
        return "NEEQ"  # the board over the counter to which the exchanges' delisted companies pass
    return "XSHE" if code[0] in "0123" else "BJSE"


def market_country(mic: str) -> str:
    """ISO 3166 country of a market (or of the country standing in a market's place); "" where not known."""
    return mic if len(mic) == 2 else MIC_COUNTRY.get(mic, "")


_HONG_KONG: Final = frozenset({"HK", "HKG", "HONG KONG", "HONGKONG", "HONG KONG SAR", "香港", "홍콩"})


def _supported(code: str, currency: str, country: str) -> str:
    """The market of a bare numeric code where currency or country leave no other."""
    if re.fullmatch(r"[0-9]{1,5}", code):
        home = country in _HONG_KONG and currency in {"", "HKD"}
        counter = len(code) == 5 and code[0] == "8" and currency in {"CNY", "CNH", "RMB"}  # RMB counters: 80941
        return "XHKG" if currency == "HKD" or home or counter else ""
    if re.fullmatch(r"[0-9]{6}", code) and (
        currency in {"CNY", "CNH", "RMB"} or (country in {"CN", "CHINA", "CHN"} and currency not in {"HKD", "KRW"})
    ):
        return mainland_mic(code)
    return ""


def _canonical(code: str, market: str) -> Ticker:
    if market == "CN":
        if not code.isdigit():
            return Ticker(code, "CA")  # Bloomberg's CN is Canada; mainland codes have no letters
        code = code.zfill(6)
        market = mainland_mic(code) or market
    elif market in {"XSHG", "XSHE"} and code.isdigit():
        code = code.zfill(6)
    elif (market == "XHKG" and code.isdigit()) or (not market and re.fullmatch(r"0[0-9]{3,4}", code)):
        code = code.lstrip("0") or "0"
    return Ticker(code, market)
