"""Columns that stand beside the names of securities and look like names: told apart by what all of them say together;
it reads no header and drops no text, a column that names nothing keeps its values in the row's cells.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen.actions import parse
from cmic_screen.ingest import rowwords, vocabulary
from cmic_screen.ingest.content import ACTION, code_like
from cmic_screen.ingest.fields import NAME_FIELDS
from cmic_screen.model import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.sheet import Sheet
    from cmic_screen.intake import ColumnUse

_KINDS: Final = 30
_FEW_ROWS: Final = 3
_BOUGHT: Final = frozenset({Action.BUY, Action.SELL, Action.SELL_SHORT, Action.BUY_TO_COVER})
_IDENTIFIES: Final = frozenset({"isin", "cusip", "sedol", "figi"})


def told(sheet: Sheet, rows: Sequence[int], uses: list[ColumnUse]) -> list[ColumnUse]:
    """Beside a column of names, one that says the same in every row is the owner's (`Short Name`: the client), and one
    of nothing but general words a kind (`Strumento`: Azioni, Obbligazioni).
    """
    named = [k for k, u in enumerate(uses) if u.field in NAME_FIELDS]
    if len(named) < 2:
        return uses
    stated = {k: {t for i in rows if (t := sheet.text[uses[k].column - 1][i])} for k in named}
    if not any(len(stated[k]) > 2 for k in named):
        return uses
    done = False
    for k in named:
        if _says_what_was_done(sheet, rows, uses, k, [n for n in named if uses[n].field in NAME_FIELDS]):
            done = True
            field = "transaction_desc" if any(u.field == "transaction_type" for u in uses) else "transaction_type"
            why = "beside the names of securities its values say what was done with them"
        elif _same(sheet.text[uses[k].column - 1], rows):
            field, why = "portfolio_name", "beside the names of securities it says the same in every row"
        elif stated[k] and len(stated[k]) < _KINDS and all(map(rowwords.general, stated[k])):
            field, why = "asset_subclass", "beside the names of securities its values are kinds"
        elif not any(u.field == "ticker" for u in uses) and _numbered(stated[k]):
            field, why = "ticker", "beside the names of securities its values read like codes"
        else:
            continue
        uses[k] = replace(uses[k], field=field, also=uses[k].field, reason=f"{uses[k].reason}; {why}")
    if done:
        _date_of_deals(uses)
    return uses


def _date_of_deals(uses: list[ColumnUse]) -> None:
    """Beside what was done a bare date is the deal's."""
    if any(u.field == "trade_date" for u in uses):
        return
    for k, use in enumerate(uses):
        if use.field == "as_of_date" and "trade_date" in vocabulary.fields_of(use.header):
            uses[k] = replace(use, field="trade_date", reason=f"{use.reason}; beside what was done it is trade_date")
            return


def _says_what_was_done(
    sheet: Sheet, rows: Sequence[int], uses: Sequence[ColumnUse], k: int, named: Sequence[int]
) -> bool:
    """Whether a column that could hold names says instead what was done (`Kauf`, `Compravendita titoli`): most of its
    values are words of deals; or one value stands beside several identifiers and one identifier beside several of its
    values. Only where another column names the security in every row that has one.
    """
    mine = sheet.text[uses[k].column - 1]
    others = [sheet.text[uses[n].column - 1] for n in named if n != k]
    deals = sum(1 for i in rows if _deal(mine[i]))
    alone = [mine[i] for i in rows if mine[i] and not any(o[i] for o in others)]
    if any(parse(t, "") in _BOUGHT for t in alone):
        return False  # what was bought stands in these words and nowhere else
    if deals * 2 > sum(1 for i in rows if mine[i]) and any(_names_more(o, mine, rows) for o in others):
        return True
    codes = next((sheet.text[u.column - 1] for u in uses if u.field in _IDENTIFIES), None)
    if codes is None or not _loose(codes, mine, rows):
        return False
    coded = [i for i in rows if codes[i] and mine[i]]
    return any(all(o[i] for i in coded) and not _loose(codes, o, rows) for o in others)


def _deal(text: str) -> bool:
    """Whether a text has a word of deals in it; a letter alone (`McDonald's`) is none."""
    return any(len(found[0]) > 1 for found in ACTION.finditer(text))


def _names_more(other: Sequence[str], mine: Sequence[str], rows: Sequence[int]) -> bool:
    """Whether another column says more different things, few of them words of deals, in half of the rows."""
    stated = [t for i in rows if (t := other[i])]
    deals = sum(map(_deal, stated))
    different = len(set(stated)) >= len({m for i in rows if (m := mine[i])}) or len(stated) > _FEW_ROWS
    return len(stated) * 2 >= len(rows) and deals * 3 < len(stated) and different


def _loose(codes: Sequence[str], texts: Sequence[str], rows: Sequence[int]) -> bool:
    """Whether one text stands beside several codes and one code beside several texts: it names none of them."""
    by_code: dict[str, set[str]] = {}
    by_text: dict[str, set[str]] = {}
    for i in rows:
        if codes[i] and texts[i]:
            by_code.setdefault(codes[i], set()).add(texts[i])
            by_text.setdefault(texts[i], set()).add(codes[i])
    return any(len(t) > 1 for t in by_code.values()) and any(len(c) > 1 for c in by_text.values())


def _numbered(texts: set[str]) -> bool:
    """Whether most of some texts are single words in capitals with a digit, as exchanges' codes are (`PETR4`)."""
    coded = sum(1 for t in texts if " " not in t and code_like(t) and t.isupper() and any(map(str.isdigit, t)))
    return len(texts) > 1 and coded * 5 >= len(texts) * 3


def _same(column: Sequence[str], rows: Sequence[int]) -> bool:
    """Whether a column says one thing in nearly every row (an export's trailer line says another)."""
    count = Counter(t for i in rows if (t := column[i]))
    return count.total() > 1 and max(count.values()) * 4 >= count.total() * 3
