"""Header words and the canonical fields they may stand for; it knows words, never a column's content.

The words are data (headers.toml, written by tools/build_headers.py), in eleven languages and more.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_JUNK = re.compile(r"[^\w%#&$€£¥]+|_")
_NUMBERED = re.compile(r"^\d{1,3}_")
_BRACKET = re.compile(r"[(\[（【].*?[)\]）】]")
_CURRENCY = re.compile(
    r"\b(?:in |en |i |em )?(?:usd|eur|chf|gbp|jpy|cny|rmb|hkd"
    r"|sek|nok|dkk|pln|cad|aud|sgd|inr|brl|mxn|twd|krw|zar)\b|[$€£¥]",
    re.IGNORECASE,
)
_BARE = {
    c: bare
    for c in map(chr, range(0xC0, 0x250))
    if c.isalpha() and (bare := unicodedata.normalize("NFD", c)[0]).isascii() and bare != c
}
_PART = 0.75
"""Weight of one part of a header such as `Account / Security`: each may be meant, so all are kept."""
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][\w\s.%/()'-]*")


@cache
def key_of(header: str) -> str:
    """A header in the form in which it is compared: folded, punctuation as single spaces; "" for none."""
    text = _NUMBERED.sub("", unicodedata.normalize("NFKC", header).strip())
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return _JUNK.sub(" ", text.casefold()).strip()


@cache
def _counts() -> Mapping[str, Mapping[str, float]]:
    """Header key to {field: number of sources}."""
    data = tomllib.loads(files(__package__).joinpath("headers.toml").read_text(encoding="utf-8"))
    counts: dict[str, dict[str, float]] = {}
    for field, keys in data.items():
        for key, count in keys.items():
            counts.setdefault(key, {})[field] = float(count)
            counts.setdefault(key.replace(" ", ""), {}).setdefault(field, float(count))
    for key in [k for k in counts if not k.isascii()]:
        for field, count in counts[key].items() if (bare := unaccented(key)) != key else ():
            counts.setdefault(bare, {}).setdefault(field, count)
    return counts


def unaccented(text: str) -> str:
    """Latin letters without their accents, as statements set in capitals print them (`QUANTITE`, `LIBELLE`)."""
    return "".join(_BARE.get(c, c) for c in text)


@cache
def words() -> Mapping[str, Mapping[str, float]]:
    """Header key to {field: share of the sources that use it so}."""
    return {key: _shares(fields) for key, fields in _counts().items()}


def _shares(fields: Mapping[str, float]) -> dict[str, float]:
    total = sum(fields.values())
    return {field: count / total for field, count in fields.items()}


@cache
def fields_of(header: str) -> Mapping[str, float]:
    """Fields a header may stand for, with a weight of 0 to 1 each; empty where no word of it is known.

    Tried in turn, each a weaker reading: the whole header; without brackets, currency or unit; its Chinese or Latin
    half; the parts that a stroke divides, together; its last or first words.
    """
    known = words()
    found: dict[str, float] = {}
    for weight, key in _readings(header):
        if found and weight < _PART:
            break
        if hit := known.get(key) or known.get(key.replace(" ", "")):
            if "%" in header and weight < 0.9:
                break
            for field, share in hit.items():
                found[field] = max(found.get(field, 0.0), weight * share)
            if weight != _PART:
                break
    return found or ({"weight_pct": 0.6} if "%" in header else {})


_LONGEST = 400
"""Characters of a heading, its lines joined; a cell of 32,000 has as many first and last words to try."""


def _readings(header: str) -> list[tuple[float, str]]:
    if len(header) > _LONGEST:
        return []
    bare = _BRACKET.sub(" ", header)
    plain = _CURRENCY.sub(" ", bare)
    out = [
        (1.0, key_of(header)),
        (0.95, key_of(bare)),
        (0.95, key_of(plain)),
        (0.9, key_of(_CURRENCY.sub(" ", header))),
    ]
    han, latin = _HAN.findall(bare), _LATIN.findall(bare)
    if han and latin:
        out += [(0.9, key_of(part)) for part in (*han, *latin)]
    if len(parts := re.split(r"[/\n|]", bare)) > 1:
        out += [(_PART, key_of(part)) for part in parts]
    tokens = key_of(plain).split()
    if len(tokens) > 1:
        out += [(0.6, " ".join(tokens[i:])) for i in range(1, len(tokens))]
        out += [(0.5, " ".join(tokens[:i])) for i in range(len(tokens) - 1, 0, -1)]
    return [(weight, key) for weight, key in out if key]


@cache
def popularity(header: str, field: str) -> float:
    """How widely a header is used for a field, 0 to 1: tells `Country` from `Region` where both say country."""
    counts = _counts()
    best = max((counts.get(key, {}).get(field, 0.0) for _, key in _readings(header)), default=0.0)
    return min(1.0, math.log1p(best) / math.log(20))


@cache
def exact(header: str) -> bool:
    """Whether the header as a whole, or without its bracket and currency, is a known word."""
    known = words()
    return any(weight >= 0.9 and (key in known or key.replace(" ", "") in known) for weight, key in _readings(header))


@cache
def fields() -> frozenset[str]:
    """Every canonical field a column may stand for."""
    return frozenset(name for found in _counts().values() for name in found)
