"""Codes put where their own content says they belong: an ISIN in a column of tickers, a ticker with its market in one
of mixed codes, what a label names (`Valor 1203204`); it moves a cell's text within its row and changes none.

A column of mixed codes is classified by content, whatever its header says (issue 5, point 9); check digits as in
`content`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen import identifiers
from cmic_screen.ingest import vocabulary
from cmic_screen.ingest.content import CODES, CURRENCIES, code_like, label_of, schemes_of, sure_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmic_screen.ingest.body import Body

_OWN: Final = frozenset({"isin", "cusip", "sedol", "figi", "lei", "wkn", "valor"})
_LEADS: Final = frozenset({"ISI", "CUS", "CIN", "SED", "FIG", "LEI", "WKN", "VAL"})
"""How labels begin."""
_LEAST: Final = 7
"""Characters of the shortest identifier with a check digit."""
_LONGEST: Final = 20
"""Characters of the longest ticker with its market."""
_PARTED: Final = re.compile(r"[A-Z0-9][ .:][A-Z0-9]")
"""A code and its market stand apart; `HK0941` may be a firm's own number."""
_QUOTED: Final = re.compile(r"([A-Z0-9][A-Z0-9.]{0,11})/([A-Z]{3})")
_STROKE: Final = re.compile(r"\s*[/|\n]\s*")


def settle(body: Body, out: dict[str, list[str]]) -> None:
    """Move codes of `other_id` and `ticker` into the columns they belong to, in place, where those are blank."""
    for name in _OWN & out.keys():
        _unlabelled(out, name)
    for name in {"ticker", "other_id"} & out.keys():
        _without_money(out, name)
    if "ticker" in out:
        _move(out, "ticker", _scheme)
    if "other_id" not in out:
        return
    _labelled(out)
    _move(out, "other_id", _scheme)
    symbols = any(_says_ticker(body.header(j)) for j in body.fields.get("other_id", ()))
    _move(out, "other_id", _symbol if symbols else _with_market, least=1)


def _without_money(out: dict[str, list[str]], source: str) -> None:
    """Codes with the currency they are quoted in behind a stroke (`00941.HK/HKD`), where most of a column is written
    so: the code alone, the currency where the row states none.
    """
    column = out[source]
    quoted = {t: (m[1], m[2]) for t in set(column) if (m := _QUOTED.fullmatch(t)) and m[2] in CURRENCIES}
    if sum(1 for t in column if t in quoted) * 2 <= sum(map(bool, column)):
        return
    money = out.setdefault("currency", [""] * len(column))
    for k, text in enumerate(column):
        if text in quoted:
            column[k], money[k] = quoted[text][0], money[k] or quoted[text][1]


def _move(out: dict[str, list[str]], source: str, field_of: Callable[[str], str], least: int = _LEAST) -> None:
    """Move whole cells of one column whose text belongs to another that is blank in that row."""
    column = out[source]
    fields = {t: f for t in set(column) if len(t) >= least and (f := field_of(t))}
    if not fields:
        return
    for name in sorted(set(fields.values())):
        out[name] = list(out.get(name) or [""] * len(column))
    kept = list(column)
    for k, text in enumerate(column):
        if (name := fields.get(text, "")) and not out[name][k]:
            out[name][k], kept[k] = text, ""
    out[source] = kept


def _unlabelled(out: dict[str, list[str]], name: str) -> None:
    """Codes of a scheme's own column without the label that says so once more (`ISIN CNE1000002V2`)."""
    column = out[name]
    led = {t for t in set(column) if t[:3].upper() in _LEADS and label_of(t)[0] == name}
    bare = {t: code for t in led if (code := label_of(t)[1]) and (name not in CODES or name in schemes_of(code))}
    if bare:
        out[name] = [bare.get(t, t) for t in column]


def _scheme(text: str) -> str:
    """The field of a code beyond reasonable chance, "" for any other text; a label stays in `other_id`."""
    found = schemes_of(text) if sure_code(text) and not label_of(text)[0] else ()
    return found[0] if found else ""


def _with_market(text: str) -> str:
    if len(text) > _LONGEST or schemes_of(text) or not _PARTED.search(text):
        return ""
    return "ticker" if identifiers.parse_ticker(text).mic else ""


def _symbol(text: str) -> str:
    return "ticker" if code_like(text) and not schemes_of(text) and not text.isdigit() else ""


def _says_ticker(header: str) -> bool:
    """Whether one part of a header such as `Symbol/CUSIP` speaks of tickers."""
    parts = _STROKE.split(header)
    return len(parts) > 1 and any(
        max(f, key=lambda n: f[n]) == "ticker" for p in parts if vocabulary.exact(p) and (f := vocabulary.fields_of(p))
    )


def _labelled(out: dict[str, list[str]]) -> None:
    """Codes behind labels, several in a cell or one, each into the column of its scheme."""
    column = out["other_id"] = list(out["other_id"])
    parted = {t: [(label_of(p), p) for p in t.split("; ")] for t in set(column) if label_of(t)[0]}
    for scheme in _OWN & {scheme for several in parted.values() for (scheme, _), _ in several}:
        out[scheme] = list(out.get(scheme) or [""] * len(column))
    for k, text in enumerate(column):
        if text in parted:
            rest = [whole for (scheme, code), whole in parted[text] if not _put(out, scheme, code, k)]
            column[k] = "; ".join(rest)


def _put(out: dict[str, list[str]], scheme: str, code: str, k: int) -> bool:
    """Whether a labelled code now stands in the column of its scheme: not where its content speaks against the label,
    another code stands there, or other numbers follow it.
    """
    if scheme not in _OWN or (scheme in CODES and scheme not in schemes_of(code)) or " " in code:
        return False
    own = out[scheme]
    own[k] = own[k] or code
    return own[k] == code
