"""Names of positions that state a code alone, from the list of securities the same sheet prints beside them (a broker's
statement in sections); it overwrites nothing and takes no name where the list gives a code two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.intake import DataIssue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.ingest.parts import Part

_GIVEN: Final[tuple[str, ...]] = ("security_name", "isin", "cusip", "sedol", "figi")
_NAMED: Final = ("security_name", "issuer", "isin", "cusip", "sedol", "figi", "wkn", "valor")
"""Where one of these is stated, the row says itself what is held."""


def fill(part: Part) -> None:
    """Give rows with a ticker and no name the name and identifiers of the row that lists that ticker with them."""
    tickers = part.data.get("ticker") or []
    if not tickers:
        return
    named = [any(part.data[f][k] for f in _NAMED if f in part.data) for k in range(len(tickers))]
    bare = [k for k, t in enumerate(tickers) if t and not named[k]]
    if not bare:
        return
    known: dict[str, Mapping[str, str] | None] = {}
    for k in (k for k, t in enumerate(tickers) if t and named[k]):
        said: dict[str, str] = {f: part.data[f][k] for f in _GIVEN if f in part.data and part.data[f][k]}
        code = tickers[k].upper()
        if said.get("security_name"):
            known[code] = said if code not in known or known[code] == said else None
    filled = [k for k in bare if known.get(tickers[k].upper())]
    for k in filled:
        for name, text in (known[tickers[k].upper()] or {}).items():
            part.data[name][k] = text
    if filled:
        part.issues.append(
            DataIssue(
                code="NAMED_BY_LIST",
                text=f"{len(filled)} rows state a code alone; another table of the sheet names it.",
                rows=len(filled),
                examples=tuple(dict.fromkeys(tickers[k] for k in filled))[:5],
                done="Screened under that name and its identifiers.",
                effect="None, where the list is the source's own.",
            )
        )
