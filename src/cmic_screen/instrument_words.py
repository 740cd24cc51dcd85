"""The words by which files say what an instrument is, and what one cell or one name says by them; it weighs nothing.

The vocabulary is instruments.toml's: codes of N-PORT, 13F and brokers, CFI (ISO 10962) and CIC (EIOPA) codes, words of
many languages, the notation within names. Which of several sayings counts is for instruments.py.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from cmic_screen.model import InstrumentKind as Kind
from cmic_screen.names.hkex import parse_structured

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPTION_NOTATION: Final = re.compile(
    r"\b[A-Z]{1,6} ?\d{6}[CP]\d{3,8}\b"  # OCC symbol, compact or not
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\s+(?:[CP]\s?\$?\d|\$?\d+(?:\.\d+)?\s?[CP]\b)"  # 01/21/22 C430 and 01/21/2022 430.00 C
    r"|\b(?:CALL|PUT)\b\s*\(?[A-Z]{1,6}\)?.*\d"  # CALL (CHL) … JAN 21 22 $30
    r"|\b\d{1,2} ?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) ?\d{2,4} \d+(?:\.\d+)? ?(?:[CP]|CALL|PUT)\b"
)
_TOKEN: Final = re.compile(r"[a-z0-9&][a-z0-9&.+'-]*")
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿]")
_CFI: Final = re.compile(r"[ECDRFOJIHSKLTM][A-Z]{5}")
_CIC: Final = re.compile(r"[A-Z]{2}([1-9A-F][0-9A-Z])")
_DIGIT: Final = re.compile(r"\d")
_COUPON: Final = re.compile(r"\d(?:[.,]\d+)?\s?%")
_HKEX_SHORT: Final = re.compile(r"([bnw])\d{2,4}[a-z]?(?:-r)?")
_HKEX_WIDTH: Final = 15
"""HKEX short names: at most 15 characters; bonds end in B2605, notes in N2702, equity warrants in W2712."""
_INDEX: Final = frozenset({"index", "idx", "indx", "mini"})
_LONGEST: Final = 5
"""Words in the longest phrase of the vocabulary."""


class Said(NamedTuple):
    """A kind, what says so, and whether an asset class said it (then other evidence goes before it)."""

    kind: Kind
    reason: str
    broad: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    """instruments.toml, ready to be asked. `fund` maps a first word to its phrases as words and their mark."""

    code: Mapping[str, Kind]
    says: Mapping[str, Kind]
    broad: Mapping[str, Kind]
    joined: Sequence[tuple[str, Kind, bool]]
    endings: Sequence[tuple[str, Kind]]
    sure: Mapping[str, Kind]
    dated: Mapping[str, Kind]
    han: Sequence[tuple[str, Kind]]
    telling: Mapping[Kind, int]
    fund: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    fund_not: tuple[str, ...]
    fund_endings: tuple[str, ...]
    fund_cut: frozenset[str]
    fund_han: tuple[str, ...]
    index: frozenset[str]
    cfi: Mapping[str, Kind]
    cic: Mapping[str, Kind]


@lru_cache(maxsize=8192)
def said_by_columns(security_type: str, asset_class: str) -> Said | None:
    """What the two columns say: the more specific of them, the security type first. None where they say nothing."""
    found = [s for s in (_cell(security_type, "security type"), _cell(asset_class, "asset class")) if s is not None]
    return next((s for s in found if not s.broad), found[0] if found else None)


def said_by_name(name: str) -> Said | None:
    """What the notation within a name says; None where it has none."""
    if "@" in name or "#" in name:
        product = parse_structured(name)
        if product is not None:
            return Said(product.kind, f"HKEX short name {name!r}")
    words, parts = _words(), tokens(name)
    short = _HKEX_SHORT.fullmatch(parts[-1]) if len(name) <= _HKEX_WIDTH and len(parts) > 1 else None
    if short:
        return Said(Kind.WARRANT if short[1] == "w" else Kind.BOND, f"{parts[-1]!r} ends the HKEX short name {name!r}")
    digits = _DIGIT.search(name) is not None
    found: list[tuple[int, Kind, str]] = []
    if digits and OPTION_NOTATION.search(name.upper()):
        found.append((words.telling[Kind.OPTION], Kind.OPTION, "option notation"))
    for at, token in enumerate(parts):
        kind = words.sure.get(token)
        if kind is not None and not at and len(parts) > 1 and not kind.derives:
            kind = None  # VZ Holding, ADR Group: the first word is the issuer's
        if kind is None and digits:
            bare = token.rstrip("0123456789") if token[-1].isdigit() else token if at else ""
            kind = words.dated.get(bare)  # `cw27` anywhere, `option` not as the first word
        if kind is not None:
            found.append((words.telling[kind], kind, token))
    if not name.isascii() and _CJK.search(name):
        found += [(words.telling[k], k, w) for w, k in words.han if w in name]
    if "%" in name and _COUPON.search(name):
        found.append((words.telling[Kind.BOND], Kind.BOND, "a coupon"))
    if not found:
        return None
    _, kind, word = min(found)
    return Said(kind, f"{word!r} in the name {name!r}")


def fund_by_name(name: str, *, derived: bool = False) -> str:
    """Why a name is a fund's, "" where it does not say so. An asset manager or a real-estate trust is none.

    In the name of a derivative (`derived`) the house that publishes an index is no fund's: `HANG SENG INDEX FUTURE`.
    """
    words, parts = _words(), tokens(name)
    house = index = reason = ""
    for at, token in enumerate(parts):
        for phrase, mark in words.fund.get(token, ()):
            if parts[at : at + len(phrase)] != phrase:
                continue
            if mark == "always":
                reason = reason or f"{' '.join(phrase)!r} in the name"
            elif mark == "house" and not (derived and _INDEX.issuperset(parts[at + len(phrase) :][:1])):
                house = house or " ".join(phrase)
            elif mark == "index":
                index = index or " ".join(phrase)
        if not reason and token.endswith(words.fund_endings):
            reason = f"{token!r} in the name"
    if not reason and house and index:
        reason = f"{house!r} beside {index!r} in the name"
    if not reason and parts and parts[-1] in words.fund_cut:
        reason = f"{parts[-1]!r} at the end of the name"
    if not reason and not name.isascii() and any(w in name for w in words.fund_han):
        reason = "fund word in the name"
    if not reason:
        return ""
    joined = " ".join(parts)
    return "" if any(phrase in joined for phrase in words.fund_not) else reason


def index_by_name(name: str, kind: Kind) -> str:
    """The word of a name that makes the underlying of its derivative an index, or "".

    Notes and warrants are called index-linked or mini for other reasons, so there it must be an index's own name.
    """
    product = parse_structured(name) if "@" in name or "#" in name else None
    general = frozenset[str]() if kind in {Kind.FUTURE, Kind.OPTION, Kind.SWAP} else _INDEX
    said = tokens(product.underlying if product else name)
    return next((t for t in said if t in _words().index and t not in general), "")


@lru_cache(maxsize=1024)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name, lower case."""
    return tuple(_TOKEN.findall(name.lower()))


def _cell(text: str, column: str) -> Said | None:
    words, plain = _words(), _fold(text)
    if not plain:
        return None
    reason = f"{column} {text.strip()!r}"
    for vocabulary, broad in ((words.code, False), (words.says, False), (words.broad, True)):
        if plain in vocabulary:
            return Said(vocabulary[plain], reason, broad)
    code = _code(text.strip().upper(), reason)
    if code is not None:
        return code
    found = _phrases(plain)
    if not found:
        return None
    _, kind, broad = min(found, key=lambda f: (f[2], -len(f[0])))
    return Said(kind, reason, broad)


def _phrases(plain: str) -> list[tuple[str, Kind, bool]]:
    """Every phrase of the vocabulary within a cell: words, kind, whether it names an asset class."""
    words = _words()
    found = [j for j in words.joined if j[0] in plain] if _CJK.search(plain) else []
    parts = _TOKEN.findall(plain)
    for size in range(min(_LONGEST, len(parts)), 0, -1):
        for at in range(len(parts) - size + 1):
            phrase = " ".join(parts[at : at + size])
            if phrase in words.says:
                found.append((phrase, words.says[phrase], False))
            elif phrase in words.broad:
                found.append((phrase, words.broad[phrase], True))
    return found or [(e, k, False) for t in parts for e, k in words.endings if t.endswith(e)]


def _code(text: str, reason: str) -> Said | None:
    """A CFI or CIC code, by its longest known beginning."""
    words = _words()
    cic = _CIC.fullmatch(text)
    table, key = (words.cic, cic[1]) if cic else (words.cfi, text if _CFI.fullmatch(text) else "")
    kind = next((table[key[:n]] for n in (3, 2, 1) if key[:n] in table), None) if key else None
    return Said(kind, f"{reason} ({'CIC' if cic else 'CFI'})") if kind is not None else None


def _fold(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFKC", bare).casefold().replace("ø", "o").replace("æ", "ae").replace("'", " ")
    return " ".join(plain.split()).strip(" .:;,*")


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = tomllib.loads(resources.files("cmic_screen").joinpath("instruments.toml").read_text(encoding="utf-8"))
    says, broad, fund = _table(raw["says"]), _table(raw["broad"]), raw["fund"]
    sure, dated = _table(raw["name"]["sure"]), _table(raw["name"]["dated"])
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for mark in ("always", "house", "index"):
        for phrase in fund[mark]:
            parts = tuple(_TOKEN.findall(phrase))
            phrases.setdefault(parts[0], []).append((parts, mark))
    return _Words(
        code=_table(raw["code"]),
        says={w: k for w, k in says.items() if "*" not in w},
        broad=broad,
        joined=[(w, k, b) for b, t in ((False, says), (True, broad)) for w, k in t.items() if _CJK.search(w)],
        endings=[(w[1:], k) for w, k in says.items() if w.startswith("*")],
        sure=sure,
        dated=dated,
        han=[(w, k) for w, k in (*sure.items(), *dated.items()) if _CJK.search(w)],
        telling={Kind(k): n for n, k in enumerate(raw["name"]["telling"])},
        fund=phrases,
        fund_not=tuple(fund["not"]),
        fund_endings=tuple(fund["endings"]),
        fund_cut=frozenset(fund["cut"]),
        fund_han=tuple(fund["han"]),
        index=frozenset(raw["index"]["words"]),
        cfi={k: Kind(v) for k, v in raw["cfi"].items()},
        cic={k: Kind(v) for k, v in raw["cic"].items()},
    )


def _table(section: Mapping[str, list[str]]) -> dict[str, Kind]:
    return {w if "*" in w else _fold(w): Kind(k) for k, said in section.items() for w in said}
