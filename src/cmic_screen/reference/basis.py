"""Why each company is listed, attributed and in our words, from `data/basis.toml`; it asserts nothing itself.

Sources: the annex of E.O. 14032 and Treasury's announcements of 10 and 16 December 2021, named with each text.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from cmic_screen.model import Basis

if TYPE_CHECKING:
    from datetime import date


@cache
def _data() -> dict[str, Any]:
    text = resources.files("cmic_screen.reference").joinpath("data/basis.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def basis_of(uid: str, listed: date) -> Basis:
    """The recorded basis of the entity, the annex's for the day it was published, else that only the listing is known.

    `listed` is OFAC's listing date, a calendar day in New York.
    """
    data = _data()
    entry = data["entity"].get(uid)
    if entry is None and listed == data["annex"]["listed"]:
        entry = data["annex"]
    if entry is None:
        other = data["other"]
        return Basis(text=str(other["text"]).format(day=spoken(listed)), source=str(other["source"]), stated_on=None)
    return Basis(text=str(entry["text"]), source=str(entry["source"]), stated_on=entry["stated_on"])


def spoken(day: date) -> str:
    """A date as prose prints it: `3 June 2021`."""
    return f"{day.day} {day:%B %Y}"
