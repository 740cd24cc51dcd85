"""The two name columns of the position table, from however many columns and lines a file prints them in; none is lost.

`security_name` is the name in Latin script where there is one, `issuer` the other name that is to be resolved as well
(an issuer's own column, a Chinese name, the first of several lines). Identifiers inside a name go to `other_id`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cmic_screen import identifiers
from cmic_screen.ingest import narrated, rowwords
from cmic_screen.ingest.body import picked
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.content import NEXT_LABEL, schemes_of, sure_code
from cmic_screen.ingest.fields import CODE_FIELDS
from cmic_screen.names import split_instrument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body

_SIBLING: Final = re.compile(r"[\s_]*(?:line|zeile|ligne|part|desc(?:ription)?)?[\s_]*[1-9]$", re.IGNORECASE)
_INSIDE: Final = re.compile(
    r"(?<![\s,;(/|-])[\s,;(/|-]*\b(?:ISIN|CUSIP|CINS|SEDOL|FIGI|WKN|VALOR(?:EN)?)\b[\s.:#=-]*(?:(?:No|Nr|Code)\b[\s.:#]*)?([A-Z0-9]{5,12})\b\)?",
    re.IGNORECASE,
)
_LABELS: Final = ("ISIN", "CUSIP", "CINS", "SEDOL", "FIGI", "WKN", "VALOR")
_ISIN_SHAPE: Final = re.compile(r"\b[A-Z]{2}[A-Z0-9]{9}[0-9]\b")
_BARE_ISIN: Final = re.compile(r"(?<![\s,;(/|-])[\s,;(/|-]*\b([A-Z]{2}[A-Z0-9]{9}[0-9])\b\)?")


_BRACKETED: Final = re.compile(
    r"(?<=\S)\s*\(([A-Z]{2,6}:[A-Z0-9.]{1,6}|[A-Z0-9./]{1,6}[ .](?:[A-Z]{2}|[CH][12])|[0-9]{5})\)$"
)
_CODE_FIRST: Final = re.compile(r"([0-9]{3,6}|[A-Z][A-Z0-9.]{0,5}) ?[(（]([^()（）]*[^\W\d_]{2}[^()（）]*)[)）]")
_CODE_THEN: Final = re.compile(r"([0-9]{4,6}) +(?=\S*[^\W\d_])([^\d\s].*)")
"""A code of digits, then the name: `7203 トヨタ自動車`."""
_CODE_DASH: Final = re.compile(r"((?=[A-Z]*[0-9])[A-Z0-9]{4,7}|[A-Z]{1,6}) +[-–] *(\S.*)")
"""A code, a dash, then the name: `BBAS3 - BANCO DO BRASIL S/A`."""
_CODE_MARK: Final = re.compile(
    r"([A-Z]{1,6}(?:[.-][A-Z]{1,2})?|[0-9]{3,6}) ?[:|] ?(?=.*[a-z\u3400-\u9fff]|.*[A-Z]{2}.* )(.+)"
)
"""A code, a colon or a bar, then a name of more than a code: `CHL | China Mobile Ltd`."""
_NO_NAME: Final = re.compile(r"[A-Z]{3} ?[\d.,]+ ?= ?[A-Z]{3}|[^\W\d_]{3,}(?: [^\W\d_]+)?: ?[\d.,/%-]+$")
_ITEM: Final = re.compile(r"\(?[0-9]{1,4}[.)]\s+(?=\S)")
_TICKER: Final = re.compile(r"[A-Z0-9./]{1,6}")
_OWN_CODE: Final = re.compile(r"(?<=\S)\s*\(([A-Z]{3,5}(?:[.-][A-Z]{1,2})?)\)$")
_OF_FUNDS: Final = frozenset(
    {*("ACC", "DIST", "DIS", "INC", "CAP", "THE", "REG", "REGD", "ETF", "ETC", "ETN", "REIT", "UCITS", "CASH"), "HDG"}
)
_SYMBOL: Final = re.compile(r"[A-Z]{1,5}(?:[./-][A-Z]{1,2})?")
_SEVERAL: Final = 2
_PADDED: Final = re.compile(r"0[0-9]{4}")
"""The form in which Hong Kong's exchange writes its codes."""


def fill(body: Body, keep: Sequence[int], out: dict[str, list[str]]) -> None:
    """Write `security_name`, `issuer` and what identifiers names hold to `other_id`, for the rows `keep`."""
    codes: dict[int, list[str]] = {}
    own = [_joined(body, g, keep, codes) for g in _groups(body, body.fields.get("security_name", ()))]
    issuers = [_joined(body, g, keep, codes)[0] for g in _groups(body, body.fields.get("issuer", ()))]
    names = [whole for whole, _ in own]
    firsts = [first for _, first in own if first is not None]
    every = [*_latin_first(names), *issuers, *firsts]
    if not every:
        return
    if names:
        rest = [*issuers, *every[1 : len(names)], *firsts]
        out["security_name"] = _first_stated([every[0], *every[1 : len(names)]])
    else:
        rest, out["security_name"] = issuers, [""] * len(keep)
    narrated.part(out["security_name"], out)
    if rest:
        out["issuer"] = [_other(row, name) for name, *row in zip(out["security_name"], *rest, strict=True)]
    _tickers(body, keep, out)
    if codes:
        have = list(out.get("other_id", [""] * len(keep)))
        for k, found in codes.items():
            have[k] = "; ".join(dict.fromkeys([*filter(None, [have[k]]), *found]))
        out["other_id"] = have


def _tickers(body: Body, keep: Sequence[int], out: dict[str, list[str]]) -> None:
    """A ticker with its market that a name bears in brackets (`SMIC (981 HK)`, `BP PLC (LSE:BP.)`, `(00762)`), moved to
    where the row states no other.
    """
    column = out.get("ticker") or [""] * len(keep)
    for name in ("security_name", "issuer"):
        texts = out.get(name) or []
        _led_by_code(texts, column, out)
        if body.columns(("quantity", "market_value")):  # a list of names may begin with how many are held
            _code_then_name(texts, column, out)
        if name == "security_name" and not any(column) and not any(map(out.get, ("issuer", *sorted(CODE_FIELDS)))):
            _codes_for_names(texts, column, out)
        _code_and_mark(texts, column, out)
        closed = {t for t in set(texts) if t.endswith(")")}
        for k, text in [(k, t) for k, t in enumerate(texts) if t in closed] if closed else ():
            found = _BRACKETED.search(text)
            if found and (_PADDED.fullmatch(found[1]) or identifiers.parse_ticker(found[1]).mic):
                column[k] = column[k] or found[1]
                texts[k] = text[: found.start()].strip()
                out["ticker"] = column
            elif (own := _OWN_CODE.search(text)) and _unread(text, own[1]):
                column[k] = column[k] or own[1]
                texts[k] = text[: own.start()].strip()
                out["ticker"] = column


@cache
def _unread(text: str, code: str) -> bool:
    """Whether a code in brackets behind a name is no notation (`ADR`, `HKD`) and no word of funds: then it is the
    exchange's, and left within the name it makes another company of it (`CNOOC (CEO)`).
    """
    return code not in _OF_FUNDS and split_instrument(text).issuer.endswith(re.split("[.-]", code)[0])


def _led_by_code(texts: list[str], column: list[str], out: dict[str, list[str]]) -> None:
    """Names in brackets behind a code (`00883 (中国海洋石油)`, `AAPL (苹果)`), where most of a column is written so."""
    closed = {t for t in set(texts) if t[-1:] in {")", "）"} and t[:1].isalnum()}
    parted = {t: found for t in closed if (found := _CODE_FIRST.fullmatch(t))}
    if not parted or sum(1 for t in texts if t in parted) * 5 < sum(map(bool, texts)) * 3:
        return
    for k, text in enumerate(texts):
        if (found := parted.get(text)) and not column[k]:
            column[k], texts[k] = found[1], found[2].strip()
    out["ticker"] = column


def _code_and_mark(texts: list[str], column: list[str], out: dict[str, list[str]]) -> None:
    """Names behind a code and a colon or a bar, row by row: what stands before it is no part of a name."""
    for k, text in enumerate(texts):
        found = _CODE_MARK.fullmatch(text) if ":" in text or "|" in text else None
        if found and (found[1].isdigit() or not rowwords.general(found[1])):
            column[k], texts[k] = column[k] or found[1], found[2].strip()
            out["ticker"] = column


def _code_then_name(texts: list[str], column: list[str], out: dict[str, list[str]]) -> None:
    """Names behind a code and a blank or a dash, where most of a column is written so and no code stands twice beside
    different names (years, numbers of items). Five digits that begin with a zero are Hong Kong's wherever they stand.
    """
    for pattern in (_CODE_THEN, _CODE_DASH):
        parted = {t: found for t in set(texts) if (found := pattern.fullmatch(t))}
        led = sum(1 for t in texts if t in parted)
        padded = all(_PADDED.fullmatch(f[1]) for f in parted.values())
        if not parted or len({f[1] for f in parted.values()}) < len(parted):
            continue
        if (led * 5 < sum(map(bool, texts)) * 3 or (len(parted) < _SEVERAL and pattern is _CODE_THEN)) and not padded:
            continue
        for k, text in enumerate(texts):
            if (found := parted.get(text)) and not column[k]:
                column[k], texts[k] = found[1], found[2].strip()
            elif _PADDED.fullmatch(text) and not column[k]:
                column[k], texts[k] = text, ""
        out["ticker"] = column


def _codes_for_names(texts: Sequence[str], column: list[str], out: dict[str, list[str]]) -> None:
    """Where nearly all that stands for names is codes (`AAPL`, `CHL` under `Holding`), each is its row's ticker, too:
    a short name such as `SMIC` stays a name, and what only an exchange's code tells is found as well.
    """
    coded = {t for t in set(texts) if _SYMBOL.fullmatch(t)}
    if sum(1 for t in texts if t in coded) * 5 >= sum(map(bool, texts)) * 4 > 0:
        for k, text in enumerate(texts):
            if text in coded:
                column[k] = text
        out["ticker"] = column


def _first_stated(columns: Sequence[Sequence[str]]) -> list[str]:
    if len(columns) == 1:
        return list(columns[0])
    return [next((t for t in row if t), "") for row in zip(*columns, strict=True)]


def _other(row: Sequence[str], name: str) -> str:
    """The name to resolve beside `name`: the first different one, further ones joined to it."""
    return " ".join(dict.fromkeys(t for t in row if t and t != name))


def _groups(body: Body, found: Sequence[int]) -> list[list[int]]:
    """Columns that are parts of one name: numbered siblings, and the same column on the lines of a holding."""
    groups: dict[object, list[int]] = {}
    for j in found:
        header = body.header(j)
        line, column = body.origin.get(j, (0, j))
        del line
        key: object = _SIBLING.sub("", header).casefold() if _SIBLING.search(header) and not body.origin else column
        groups.setdefault(key, []).append(j)
    return list(groups.values())


def _joined(
    body: Body, group: Sequence[int], keep: Sequence[int], codes: dict[int, list[str]]
) -> tuple[list[str], list[str] | None]:
    """The parts of one name as a whole, and the first part alone where there are several."""
    parts = [_clean(body, j, keep, codes) for j in group]
    if len(parts) == 1:
        return parts[0], None
    if body.origin:
        parts = [parts[0], *([("" if _no_name(t) else t) for t in p] for p in parts[1:])]
    if body.origin and _coded([a for a, b in zip(parts[0], parts[1], strict=True) if b not in {"", a}]):
        for k, text in enumerate(parts[0]):
            if text and parts[1][k] not in {"", text}:
                codes.setdefault(k, []).append(text)
        return [b or a for a, b in zip(parts[0], parts[1], strict=True)], parts[0]
    whole = [" ".join(dict.fromkeys(p for p in row if p)) for row in zip(*parts, strict=True)]
    return whole, parts[0] if body.origin else None


def _no_name(text: str) -> bool:
    """Whether a further line of a holding says something else than its name: a kind, a rate (`HKD 1 = CHF 0.1091`),
    what a label names (`Maturity: 05.05.2030`). It stays in the row's cells.
    """
    return rowwords.general(text) or bool(_NO_NAME.match(text))


def _unnumbered(column: list[str]) -> list[str]:
    """A list of names without the numbers of its items (`2) China Mobile Ltd`), where most lines bear one."""
    items = [_ITEM.match(t) for t in column]
    if sum(1 for m in items if m) * 5 < len(column) * 3:
        return column
    return [t[m.end() :] if m else t for t, m in zip(column, items, strict=True)]


def _coded(column: Sequence[str]) -> bool:
    """Whether what stands on first lines are nearly all tickers, whose names stand beneath."""
    return len(column) > 1 and sum(1 for t in column if _TICKER.fullmatch(t)) * 5 >= len(column) * 4


def _clean(body: Body, j: int, keep: Sequence[int], codes: dict[int, list[str]]) -> list[str]:
    """A name column without dashes; a cell that is an identifier, or names one behind its label, adds it to `codes`."""
    out = list(picked(body.sheet.text[j], keep))
    seen = set(out)
    if not DASHES.isdisjoint(seen):
        out = [("" if t in DASHES else t) for t in out]
    if body.block.right - body.block.left == 1:
        out = _unnumbered(out)
        seen = set(out)
    joined = "\n".join(seen - DASHES).upper()
    if not (any(label in joined for label in _LABELS) or _ISIN_SHAPE.search(joined)):
        return out
    told = {t: rest for t in seen if (rest := _without_codes(t))[1]}
    for k, text in enumerate(out if told else ()):
        if text in told:
            out[k], found = told[text]
            codes.setdefault(k, []).extend(found)
    return out


def _without_codes(text: str) -> tuple[str, list[str]]:
    """A name cell without the identifiers in it, and these."""
    if sure_code(text):
        return "", NEXT_LABEL.split(text)
    codes: list[str] = []
    for pattern in (_INSIDE, _BARE_ISIN):
        found = [m for m in pattern.finditer(text) if pattern is _INSIDE or schemes_of(m[1])]
        codes += [m[0].strip(" ,;(/|-)") for m in found]
        for m in reversed(found):
            text = f"{text[: m.start()]} {text[m.end() :]}".strip()
    return text, codes


def _latin_first(names: list[list[str]]) -> list[list[str]]:
    """Names in Latin script before the others, else in the order of the file."""
    if len(names) < 2:
        return names
    share = [sum(1 for t in c if t.isascii()) * 2 > len(c) for c in names]
    return [names[k] for k in sorted(range(len(names)), key=lambda k: (not share[k], k))]
