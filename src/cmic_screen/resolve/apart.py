"""What of a stated name may be a name by itself, where unknown words stand around it; a part only ever asks.

Files put a transaction, a note or another company beside an issuer (`Dividend X`, `A Corp / B Ltd`, `X (f/k/a Y)`):
kinds of writing, collected from statements in nine languages. It drops nothing: the whole name is searched as well.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING, Final

from cmic_screen.names import halves
from cmic_screen.names.notation import CLASS_WORDS, ONLY_BESIDE, WRITER_WORDS
from cmic_screen.names.notation import WORDS as NOTATION
from cmic_screen.resolve.legal import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUPON: Final = re.compile(r"(.*?\S)\s+\d+(?:[.,]\d+)?\s*%")
_COUPON_FIRST: Final = re.compile(r"\d{1,2}(?:[.,]\d{1,4})?\s*%\s+")
_BOND_FIRST: Final = re.compile(
    r"[A-Z]{3,8} \d{1,2}(?:[ .]\d[\d/.]*)?%? \d{1,2}/\d{1,2}/\d{2,4} (?=[A-Z]{3})"
    r"|\d\d ?[A-Z]{2,8} ?(?:MTN|SCP|CP|PPN|GN)\d{3}[A-Z]? (?=[A-Z]{3})"
)
"""A bond in front of its issuer's name: a terminal's symbol, coupon and maturity; China's interbank short name."""
_LEVERED: Final = re.compile(r"\b\d{1,2}X ?(?:LONG|SHORT)(?:[A-Z]{2}\d{6}[A-Z]?)?\b", re.IGNORECASE)
"""A daily leverage certificate of Singapore's exchange: leverage, side, writer and expiry in one."""
_TRAILS: Final = re.compile(
    r"\s(?:(?:SHS?\s)?(?:UN)?SPONS\S*\sAMERICAN DEPOSIT\b.*|(?:[ABH]\s)?(?:ISIN|SEDOL|CUSIP|WKN)\b.*"
    r"|(?:ADR|ADS|GDR)S?\s(?:EACH\s)?REP[A-Z]*\.?"
    r"|(?:REG\S*\s|SHS\s)*-?[ABH]-?\s(?:HONG KONG|SHANGHAI|SHENZHEN)(?:[ -]HONG KONG)? STOCK CONNECT)$",
    re.IGNORECASE,
)
"""What custodians in Luxembourg and brokers in the United States set behind a name: receipts in full, identifiers, a
market line; a field may end within it.
"""
_FOOTNOTE: Final = re.compile("[\u00b2\u00b3\u00b9\u2070-\u2079\u2122\u2120]+$")
"""Signs of a footnote or a trade mark that cling to a name."""
_BASKET: Final = re.compile(r"(?<=[A-Za-z.]) ?/ ?(?=[A-Za-z])")
_BRACKETS: Final = re.compile(r"[(（【〔〈<\[]([^()（）【】〔〕〈〉<>\[\]]*)[)）】〕〉>\]]")
_SYMBOL: Final = re.compile(r"^[(\[][A-Z0-9.]{2,6}[)\]]\s+|\s+\[[A-Z0-9.]{2,6}\]$")
"""A ticker in brackets before a name, or in square ones behind it."""
_BEFORE: Final = re.compile(r"^(?:F/?K/?A|FORMERLY|FRMLY|EX|PREV(?:IOUSLY)?)\b[\s.:-]*", re.IGNORECASE)
_SERIES: Final = re.compile(r"\s?[@#]")
_DASH: Final = re.compile(r" - |\s?\| |: ")
_SLASH: Final = re.compile(r"\s/\s?|(?<=\S)/\s")
_KNOWN_AS: Final = re.compile(r",?\s(?:F/?K/?A|FORMERLY(?: KNOWN AS)?|A/?K/?A|D/?B/?A)\.?\s", re.IGNORECASE)
"""Between a company's names, and the words of it that are looked for."""
_OTHERWISE: Final = frozenset({"F/K/A", "FKA", "FORMERLY", "A/K/A", "AKA", "D/B/A", "DBA"})
_NUMBER: Final = re.compile(r"\d[\d.,']*")
_TRADED: Final = re.compile(
    r"[A-Z]{2,5}\.(?:N|OQ|O|K|PK|A)\s+|"
    r"[A-Z0-9]{1,6} (?:U[NPQRSVW]|PQ|G[BFMRSY]|TH|LN|BZ|AR|MM|CN|CT|CH|C[12]|HK|H[12])\s+"
)
"""A line's symbol and its market, as terminals print them (`CEO US CNOOC LTD`, `CHL.N CHINA MOBILE`)."""
_SEATED: Final = re.compile(
    r"(?:EQ|EQUITY|EQUITIES|STK|STOCK|SHARE|BOND)[:/-]\s*|"
    r"(?:PEOPLE'?S REPUBLIC OF CHINA|P\.? ?R\.? ?CHINA|PRC|CHN|CAYMAN ISLANDS|CYM|HONG ?KONG(?: SAR)?|HKG)[\s:,/–-]+",
    re.IGNORECASE,
)
"""The country or kind under which a statement files what follows."""
_BOOKED_HAN: Final = re.compile(
    r"^(?:买入|卖出|买進|賣出|買入|股息|红利|紅利|分红|派息|申购|赎回|质押|质借|购入|沽出|借出|持有|持仓|配股|送股)[\s:：-]*(?=..)"
    r"|(?<=..)[\s:：-]*(?:(?:股息|红利|紅利|分红|分紅|派息)(?:入账|入賬)?|融资融券|融資融券|融资|融資|融券|持仓|持倉|质押|質押|冻结|凍結"
    r"|担保品|擔保品|送股|配股|买入|卖出|買入|賣出|(?:应收|應收|现金|現金)(?:股息|红利|紅利|款)?|(?:定期|活期|通知)?存款"
    r"|(?:大额|大額)?存单|(?:银团|銀團|委托|定期)?[贷貸]款)$|^(?:中国|中國|香港)[\s:：/]+(?=..)|(?<=..)[\s/]+(?:中国|中國|香港|内地)$"
)
"""What statements in Chinese say was done or booked, and the place under which or with which they file a name."""
_BESIDE_HAN: Final = re.compile(r"(?:^|(?<=\s))[\u4e00-\u9fff]{4,}(?=\s|$)")
"""A Chinese name of four characters or more among others: a bond's short name and its issuer (`动力定02 中国动力`)."""
_MARKED: Final = re.compile(r"(?:S?\*?ST|XD|XR|DR)\s+(?=\S)", re.IGNORECASE)
"""A mainland exchange's mark: special treatment, ex dividend or rights."""
_BEGINNINGS: Final = (_TRADED, _SEATED, _MARKED, _BOND_FIRST)
_BEGINS: Final = re.compile("|".join(x.pattern for x in _BEGINNINGS), re.IGNORECASE)  # any of them, at once
_TRAILING: Final = re.compile("DEPOSIT|ISIN|SEDOL|CUSIP|WKN|REP|CONNECT")  # stands in whatever `_TRAILS` finds
_CORPORATE: Final = frozenset(x + end for x in ("CORP", "CORPORATION", "CO", "COMPANY") for end in ("", ".", ",", ".,"))
_NO_MORE: Final = FORMS.union(
    ("LTD", "LT", "L", "INC", "JSC", "BHD", "OF", "FOR", "THE", "AND", "&", "TAIWAN", ""),
    ("GROUP", "HOLDING", "HOLDINGS", "UNIT", "UNITS", "AMERICAN", "I", "II", "III", "IV", "V", "VI"),
)
"""What makes another name of the words up to it and a legal form before it, or is notation."""
_EDGES: Final = ".,:;()[]-–*•#\"'/"
_BOOKED_WORDS: Final = """
    DIVIDEND DIVIDENDS DIV DIVS DIVIDENDE DIVIDENDEN DIVIDENDES DIVIDENDO DIVIDENDOS DIVIDENDI UTDELNING UDBYTTE UTBYTTE
    DIVIDENDUITKERING DIVIDENDENZAHLUNG PURCHASE PURCHASES PURCHASED BOUGHT SOLD SALE WITHHOLDING WITHHELD TAX TAXES FEE
    FEES QUELLENSTEUER PAYABLE PAYABLES RECEIVABLE RECEIVABLES SETTLEMENT SETTLED PENDING LENT BORROWED COLLATERAL
    PLEDGE PLEDGED EXPOSURE UNDERLYING KAUF VERKAUF GEKAUFT VERKAUFT ACHAT VENTE ACHETE VENDU ACQUISTO VENDITA COMPRA
    VENTA KÖP KØB KJØP SÄLJ SALG KOOP VERKOOP AANKOOP REINVESTMENT REINVESTED SPLIT MERGER TRANSFER ACCRUED ACCRUAL
    ISSUED TENDERED UNREG UNREGISTERED LOCKUP LOCK-UP IPO PLACEMENT DRIP REINV DEFERRED
    DEPOSIT DEPOSITS FESTGELD TERMINGELD CERTIFICATE REPO FX FORWARD FACILITY REVOLVER SYNDICATED SCRIP PLAN WITHDRAWAL
    SPIN-OFF SPINOFF WHT TOTAL SUBTOTAL LOT ACCT LEVEL TIER REF ACTION RSU RSUS ESOP
    WERTPAPIERKAUF WERTPAPIERVERKAUF GUTSCHRIFT DIVIDENDENGUTSCHRIFT FUSION UMTAUSCH EINBUCHUNG AUSBUCHUNG AUSFÜHRUNG
    DEPOTÜBERTRAG COMPRAVENDITA SOUSCRIPTION KÖPT SÅLD KØBT SOLGT VERKOCHT GEKOCHT ZAKUP SPRZEDAŻ NÁKUP PRODEJ ALIŞ
    SATIŞ CONTRATO KUPNO 매수 매도
    INTEREST LOAN LOANS
    REFUND RECLAIM ADJUSTMENT CORRECTION REVERSAL SANCTIONED PROHIBITED BLOCKED FROZEN OFAC CMIC NS-CMIC
"""
_BEFORE_WORDS: Final = """
    CASH ZINS ZINSEN INTERETS BUY SELL SALES TRADE CUSTODY CHARGE CHARGES COMMISSION SECURITIES SECURITY NAME ISSUER
    YOU ORDER EMISSION TITOLI COMPTANT AU CONTADO COUPON RIGHTS ISSUE BY SHORT LONG POSITION POSITIONS STOCK STOCKS EQ
    EQUITIES STRUCTURED LINKED REINVEST NET GROSS SPECIAL INTERIM
    CREST FINAL WORST BEST BASKET LINKED OF FOR ON TO IN OUT FROM THE VIA RE SUR DE DI DEL DELLA VON AUS AUF PAR
"""
_STRUCTURED_WORDS: Final = "DLC DLCS ELI ELIS AQ DQ FAKTOR FACTOR DISCOUNT BONUS EXPRESS RECEIVE"
_SOMETIMES: Final = frozenset({"FACTOR", "DISCOUNT", "BONUS", "EXPRESS", "RECEIVE"})
"""Those that are also companies' words: a product has its terms in figures as well (PANDA EXPRESS has none)."""
_DERIVING: Final = (frozenset(_STRUCTURED_WORDS.split()) - _SOMETIMES).union(
    word for word, (_, kind) in NOTATION.items() if kind and kind.derives and " " not in word
)
"""Words of options, warrants, notes and swaps, and of what banks in Hong Kong and Germany call theirs."""
_AROUND_WORDS: Final = """
    KO KI STRIKE BARRIER OPEN END CAP CAPPED RECEIVE PAY VS AGAINST SOFR HIBOR LIBOR EURIBOR SHIBOR EXCHANGE TRADED DZ
    SUR SU SOBRE EXPRESS-ZERTIFIKAT WRITTEN TOTAL RETURN EXPIRES EXPIRING EXPIRY MATURING ASIA PACIFIC
"""
_BOOKED: Final = frozenset(_BOOKED_WORDS.split())
"""What statements say was done or booked; companies are not called so."""
_AROUND: Final = (WRITER_WORDS - {"CREDIT", "STANDARD"}).union(
    NOTATION, ONLY_BESIDE, CLASS_WORDS, _AROUND_WORDS.split(), _STRUCTURED_WORDS.split()
)
"""Words that stand around a derivative's underlying and end no company's name."""
_HOW_WORDS: Final = """
    CASH INTERIM FINAL SPECIAL STOCK NET GROSS WHEN PRE TIME TERM FIXED CALL CERTIFICATE OF REVERSE LOAN LOANS OPTION
    BRIDGE INTEREST DO NOT
"""
_BOOKED_HOW: Final = frozenset(_HOW_WORDS.split())
"""What stands before such a word at the end of a name, and by itself is none: a time deposit, a certificate of it."""
_LEADS: Final = _BOOKED | frozenset(_BEFORE_WORDS.split()) | NOTATION.keys() | ONLY_BESIDE | CLASS_WORDS


def beside(name: str) -> tuple[str, ...]:
    """What of a name names somebody beside somebody else: either side of a slash, either half of two scripts."""
    found = list(halves(name) or ())
    if " /" in name or "/ " in name:
        found.extend(part.strip() for part in _SLASH.split(name))
    return tuple(p for p in dict.fromkeys(found) if len(p) > 1 and p != name)


def parts(name: str) -> tuple[str, ...]:
    """What of a name may be a name by itself: what stands beside something, before a coupon or behind one, on either
    side of a dash, a derivative's underlying or each of its basket, without what is in brackets and what is in them,
    between words of a booking, behind a symbol with its market, a country or an exchange's mark; () for most names.
    """
    marked = "%" in name or "(" in name or " /" in name or "/ " in name or _DASH.search(name) or not name.isascii()
    bare = _bare(name)
    if not (marked or bare):
        return ()
    found = [*beside(name), *bare]
    if not name.isascii():
        found += [_FOOTNOTE.sub("", name), *_among_han(name)]
    if "%" in name and (coupon := _COUPON.match(name)):
        rest = list(dropwhile(_leads, name[coupon.end() :].split()))  # a bank's note: BARCLAYS 0% 2027 ELN CHINA MOBILE
        while rest and _NUMBER.fullmatch(rest[-1].strip(_EDGES)):
            rest.pop()
        found += [coupon[1], " ".join(rest)]
    if "%" in name and (coupon := _COUPON_FIRST.match(name)):
        words = name[coupon.end() :].split()
        found.append(" ".join(dropwhile(lambda word: word.upper() in NOTATION, words)))
    found.extend(part.strip() for part in _DASH.split(name))
    if _BRACKETS.search(name):
        found += _without_brackets(name)
    return tuple(p for p in dict.fromkeys(found) if len(p) > 1 and p != name)


def _bare(name: str) -> list[str]:
    """The name without what leads, ends or goes on behind a company's, as far as words tell; [] for most names."""
    upper = name.upper()
    words = upper.split()
    bare = _between(name) if words and (_leads(words[0]) or _ends(words[-1]) or words[-1][-1].isdigit()) else []
    if len(words) > 2 and (not _CORPORATE.isdisjoint(words[1:-1]) or words.count(words[0]) > 1):
        bare += _run_on(name.split(), words)
    if not _OTHERWISE.isdisjoint(words):
        bare += _KNOWN_AS.split(name)
    if _BEGINS.match(name):
        bare += [name[m.end() :] for begins in _BEGINNINGS if (m := begins.match(name))]
    if _TRAILING.search(upper) and (trails := _TRAILS.search(name)):
        bare.append(name[: trails.start()])
    if "@" in name or "#" in name:  # an issuer's whole name where an exchange's short name has two letters and five
        bare.append(_SERIES.split(name, maxsplit=1)[0])
    if name.startswith(("(", "[")) or name.endswith("]"):
        bare.append(_SYMBOL.sub("", name))
    figured = not _SOMETIMES.isdisjoint(words) and any(map(str.isdigit, name))
    if figured or not _DERIVING.isdisjoint(words) or (("LONG" in upper or "SHORT" in upper) and _LEVERED.search(name)):
        bare += _underlyings(name)
    return bare


def _among_han(name: str) -> list[str]:
    """A Chinese name without what a statement says was done with it, and the names that stand in one beside others."""
    said = _BOOKED_HAN.sub("", name)
    return [*([said.strip()] if said != name else []), *(_BESIDE_HAN.findall(name) if " " in name else [])]


def _underlyings(name: str) -> list[str]:
    """What stands between the words and terms of a derivative, whole and each of a basket: companies, or none."""
    found = []
    for part in dict.fromkeys((name, *_BASKET.split(name))):
        words = part.split()
        while words and (_is_term(words[0]) or _leads(words[0])):
            words.pop(0)
        while words and _is_term(words[-1]):
            words.pop()
        found.append(" ".join(words))
    return found


@lru_cache(maxsize=65536)
def _is_term(word: str) -> bool:
    return word.strip(_EDGES).upper() in _AROUND or any(c.isdigit() for c in word)


def _between(name: str) -> list[str]:
    """The name without the words of a booking or notation that lead it, and those of a booking that end it."""
    words = name.split()
    first, last = 0, len(words)
    while first < last and _leads(words[first]):
        first += 1
    end = last
    while end > first and _NUMBER.fullmatch(words[end - 1].strip(_EDGES)):  # CASH DIVIDEND 2026
        end -= 1
    booked = False
    while first < end and (_ends(words[end - 1]) or (booked and words[end - 1].upper() in _BOOKED_HOW)):
        end, booked = end - 1, True
    last = end if booked else last
    return [" ".join(words[first:last]).strip(_EDGES + " ")] if first < last and last - first < len(words) else []


@lru_cache(maxsize=65536)  # first and last words of names repeat
def _leads(word: str) -> bool:
    key = word.strip(_EDGES).upper()
    return not key or key in _LEADS or _NUMBER.fullmatch(key) is not None


@lru_cache(maxsize=65536)
def _ends(word: str) -> bool:
    key = word.strip(_EDGES).upper()
    return not key or key in _BOOKED or (key in ONLY_BESIDE and word.startswith("("))


def _run_on(words: Sequence[str], upper: Sequence[str]) -> list[str]:
    """A name up to its legal form, where words go on behind it that are neither form nor notation (`by_name` reads LTD
    so): a block of shares, a note; either half of a name printed twice (`CNOOC CNOOC LTD`).
    """
    found = []
    at = next((i for i, word in enumerate(upper) if i and word in _CORPORATE), len(upper))
    behind = upper[at + 1] if at < len(upper) - 1 else ""
    if behind[:1].isalnum() and behind.strip(_EDGES).replace(".", "") not in _NO_MORE and behind not in NOTATION:
        found.append(" ".join(words[: at + 1]))
    if upper.count(upper[0]) > 1:
        again = upper.index(upper[0], 1)
        found += [" ".join(words[:again]), " ".join(words[again:])]
    return found


def _without_brackets(name: str) -> list[str]:
    """The name without what is in brackets, and that; [] where only a short word or notation is in them."""
    inside = [_BEFORE.sub("", x).strip() for x in _BRACKETS.findall(name)]
    strange = [
        x
        for x in inside
        if (len(x) > 3 or x.isdigit() or (len(x) > 1 and not x.isascii()) or (len(x) == 3 and name.endswith(f"({x})")))
        and x.upper() not in NOTATION
        and x not in ONLY_BESIDE
    ]
    return [" ".join(_BRACKETS.sub(" ", name).split()), *strange] if strange else []
