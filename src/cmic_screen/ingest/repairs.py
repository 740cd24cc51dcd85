"""Cells that a spreadsheet damaged, and what they were: every repair is listed, none is silent, none is proof.

Pains A1 (leading zeros), A2 (CUSIPs turned into powers of ten), A4 (tickers turned into dates), A7 (full-width forms).
An identifier's text itself stays as it stands in the file where it cannot be proven: identifiers.classify then gives
its candidates as RESTORED. Zeros that the cell's own number format shows are what a person sees, and are put back.
"""

from __future__ import annotations

import json
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from cmic_screen import identifiers
from cmic_screen.ingest.fields import CODE_FIELDS, TICKERS
from cmic_screen.model import Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body

_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_LONGEST_EXACT: Final = 15

Found = dict[int, list[dict[str, str]]]
"""Repairs by row index."""


def find(body: Body, keep: Sequence[int]) -> tuple[Found, dict[str, list[str]]]:
    """Repairs of the identifying cells of the rows `keep`, by row index, and example cells by rule for the issues."""
    found: Found = {}
    rules: dict[str, list[str]] = {}

    def note(i: int, name: str, before: str, after: str, rule: str) -> None:
        found.setdefault(i, []).append({"field": name, "before": before, "after": after, "rule": rule})
        rules.setdefault(rule, []).append(f"{before} → {after}" if after else before)

    for name in (*sorted(CODE_FIELDS), "wkn", "valor", "other_id", *sorted(TICKERS)):
        for j in body.fields.get(name, ()):
            for i, before, after, rule in _of_column(body, name, j, keep):
                note(i, name, before, after, rule)
    return found, rules


def _of_column(body: Body, name: str, j: int, keep: Sequence[int]) -> list[tuple[int, str, str, str]]:
    raw, text = body.sheet.raw[j], body.sheet.text[j]
    kinds = set(map(type, raw))
    out: list[tuple[int, str, str, str]] = []
    if kinds - {str, type(None)}:
        out += [r for i in keep if not isinstance(raw[i], (str, type(None))) and (r := _typed(body, name, i, j))]
    joined = "\n".join(text)
    if not joined.isascii():
        for i in keep:
            plain = unicodedata.normalize("NFKC", text[i])
            if plain != text[i] and plain.isascii():
                out.append((i, text[i], plain, "full-width characters read as plain ones"))
                text[i] = plain
    if ".0\n" in joined or joined.endswith(".0") or not joined.isascii():
        out += [r for i in keep if (r := _whole_number(i, name, text[i]))]
    if name == "cusip" and kinds == {str}:
        out += [r for i in keep if "E" in text[i].upper() and (r := _power(i, text[i]))]
    return out


def _typed(body: Body, name: str, i: int, j: int) -> tuple[int, str, str, str] | None:
    """What a number, date or boolean in an identifying column was."""
    value, text = body.sheet.raw[j][i], body.sheet.text[j][i]
    if isinstance(value, bool):
        return (i, str(value), text, "a spreadsheet read the word as a truth value; read back as text")
    if isinstance(value, (datetime, date)):
        guess = f"{_MONTHS[value.month - 1]}{value.day}"
        return (i, text, guess, "a spreadsheet turned it into a date; the suggestion is not used")
    if (was := body.sheet.padded.get((i, j))) is not None:
        return (i, was, text, "leading zeros shown by the cell's number format put back")
    if isinstance(value, float) and (abs(value) >= 10**_LONGEST_EXACT or value != int(value)):
        return _power(i, text) or (i, text, "", "too long a number: its last digits are lost")
    return _zeros(i, name, text)


def _power(i: int, text: str) -> tuple[int, str, str, str] | None:
    candidates = identifiers.cusips_of_number(text)
    if not candidates:
        return None
    rule = (
        "a spreadsheet read a CUSIP as a power of ten; the check digit allows this"
        if len(candidates) == 1
        else "a spreadsheet read a CUSIP as a power of ten; the check digit allows several"
    )
    return (i, text, " or ".join(candidates), rule)


def _zeros(i: int, name: str, text: str) -> tuple[int, str, str, str] | None:
    if name not in {"cusip", "sedol"}:
        return None
    restored = [x.value for x in identifiers.classify(text, Scheme(name)).identifiers if x.value != text]
    return (
        (i, text, restored[0], "leading zeros lost in a number; the check digit agrees with these")
        if restored
        else None
    )


def _whole_number(i: int, name: str, text: str) -> tuple[int, str, str, str] | None:
    """A code that a program wrote as a number with decimals (`600941.0`): the resolver reads its digits."""
    digits, dot, decimals = text.partition(".")
    if not (dot and digits.isdecimal() and digits.isascii()) or decimals.strip("0"):
        return None
    restored = identifiers.classify(text, Scheme(name) if name in CODE_FIELDS else None).identifiers
    value = restored[0].value if restored else digits
    return i, text, value, "a program wrote the code as a number with decimals; its whole number is read"


def as_json(repairs: list[dict[str, str]]) -> str:
    """A row's repairs as the table keeps them."""
    return json.dumps(repairs, ensure_ascii=False, sort_keys=True)
