"""Names that stand in a line of what was done (`YOU BOUGHT CHINA MOBILE LTD SPON ADR (CHL) (Cash)`): the name without
it, and what was done where no column says so; a name is changed only where a good part of its column is written so.
"""

from __future__ import annotations

import re
from typing import Final

from cmic_screen.actions import parse
from cmic_screen.ingest.content import CURRENCIES
from cmic_screen.model import Action

_SAID: Final = frozenset({Action.UNKNOWN, Action.HOLD})
_LEAD: Final = re.compile(
    r"(?P<done>(?:you |your |order |contrato |contract |ausführung |eseguito )*"
    r"(?:bought|sold|buy|sell|purchased?|sale|kauf|verkauf|gekauft|verkauft|koop|verkoop|aankoop|achat|vente|acquisto"
    r"|vendita|compra|venda|venta|köp|sälj|köpt|sålt|købt|køb|solgt|kjøp|kjøpt|salg|osto|myynti|kupno|sprzedaż|nákup"
    r"|prodej)(?: aus emission| of| de| von| di)?)\b[: ]+"
    r"(?:\d[\d.,']*(?: [\d.,']+)*[ x]+(?:shares of |shares |units of |units |stk\.? |st\.? |aktien |azioni |titres )?)?"
    r"(?P<name>[^\W_].*)",
    re.IGNORECASE,
)
_HELD: Final = re.compile(r"\s*\((?:cash|margin|shares|short)\)$", re.IGNORECASE)
"""How a broker ends the line: the part of the account."""
_AT: Final = re.compile(r"\s*(?:(?<=\s)[\d.,']+\s*)?@\s*[\d.,']+(?:\s+[A-Z]{3})?(?:\s*\([^()]*\))?$")
"""A quantity and a price behind the name (`1000 @ 2500.00`)."""
_PART: Final = 5
"""One name in so many at least is written so before any is changed."""


def part(texts: list[str], out: dict[str, list[str]]) -> None:
    """Take what was done from before the names, in place; it becomes the row's action where it states none."""
    found = {
        t: m
        for t in set(texts)
        if (m := _LEAD.fullmatch(t)) and parse(m["done"], "") not in _SAID and m["name"][:3] not in CURRENCIES
    }  # a currency bought or sold is a forward, whose name says both
    ends = {t for t in set(texts) if _AT.search(t)}
    if sum(1 for t in texts if t in found or t in ends) * _PART < sum(map(bool, texts)):
        return
    done = out.get("transaction_type") or [""] * len(texts)
    for k, text in enumerate(texts):
        if told := found.get(text):
            texts[k], done[k] = told["name"], done[k] or told["done"].strip()
        if told or text in ends:
            texts[k] = _AT.sub("", _HELD.sub("", texts[k])).strip() or text
    if found:
        out["transaction_type"] = done
