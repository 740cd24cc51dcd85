"""`programme.toml` and `decision_table.csv` read and checked into a Programme (law.py), with a person's confirmations.

A file that is malformed, incomplete or says two things stops the program: without its words and dates no verdict can be
given. Nothing is filled in by guess.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from cmic_screen.confirmations import latest_confirmation
from cmic_screen.errors import ListError
from cmic_screen.law import ActionWords, Cell, Coverage, PhaseReading, Programme, Words, plain
from cmic_screen.model import Action, Instant, InstrumentKind, Phase, Ruling, Verdict
from cmic_screen.sessions import trade_instant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Cell", "Coverage", "PhaseReading", "Programme", "Words", "as_of_instant", "load_programme", "trade_instant"]

LAW: Final = "programme.toml"
TABLE: Final = "decision_table.csv"
AUTHORITIES: Final = frozenset({"EO", "CFR", "FAQ", "DERIVED", "NONE"})


def load_programme(home: Path | None = None) -> Programme:
    """The law shipped with the program, with the latest confirmation a person recorded under `home` (None: none).

    ListError where a file is malformed, incomplete or says two things.
    """
    base = _shipped()
    found = latest_confirmation(home) if home is not None else None
    if found is None or found.until <= base.confirmed_through:
        return base
    return confirmed(base, found.until, found.words)


def confirmed(base: Programme, through: date, source: str) -> Programme:
    """The same law, its emergency confirmed through that day by that source: as a person recorded it, or a run says."""
    values = {name: getattr(base, name) for name in base.__slots__}
    return Programme(**{**values, "confirmed_through": through, "confirmation_source": source})


def as_of_instant(day: date) -> Instant:
    """`Programme.as_of_instant` of the shipped law."""
    return _shipped().as_of_instant(day)


@lru_cache(maxsize=1)
def _shipped() -> Programme:
    folder = resources.files("cmic_screen")
    return parse_programme(folder.joinpath(LAW).read_bytes(), folder.joinpath(TABLE).read_bytes())


def parse_programme(law: bytes, table: bytes) -> Programme:
    """A Programme from the bytes of its two files; ListError names the file and the entry that is wrong."""
    try:
        raw = tomllib.loads(law.decode())
        clocks, emergency = raw["clocks"], raw["emergency"]
        programme = Programme(
            version=raw["version"],
            sha256=hashlib.sha256(law + b"\0" + table).hexdigest(),
            scope=raw["scope"],
            zone=ZoneInfo(clocks["zone"]),
            hour=clocks["hour"],
            holdings_hour=clocks["holdings_hour"],
            literal_offset=timedelta(hours=clocks["literal_utc_offset_hours"]),
            model_start=clocks["model_start"],
            confirmed_through=emergency["confirmed_through"],
            confirmation_source=emergency["source"],
            table=MappingProxyType(_table(table.decode())),
            phases=MappingProxyType({p: _words(raw["phase"][p], "wording") for p in Phase}),
            cases=MappingProxyType({k: _words(v, "reason") for k, v in raw["case"].items()}),
            rulings=MappingProxyType({r: str(raw["ruling"][r]["words"]) for r in Ruling}),
            actions=MappingProxyType({a: ActionWords(**raw["action"][a]) for a in Action}),
            coverage=MappingProxyType({k: _coverage(raw["coverage"][k]) for k in InstrumentKind}),
            statuses=MappingProxyType({plain(w): s for s, words in raw["blotter"].items() for w in words}),
            limits=MappingProxyType(raw["limits"]),
            matching=MappingProxyType(raw["matching"]),
            raw=MappingProxyType(raw),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise ListError(
            f"the programme is not understood: {type(error).__name__} {error}.", where=LAW,
            why="Without its words and dates no verdict can be given.", do="Reinstall the program.",
        ) from error  # fmt: skip
    return programme


def _words(entry: Mapping[str, Any], sentence: str) -> Words:
    return Words(
        reason=str(entry[sentence]),
        label=str(entry.get("label", "")),
        verdict=Verdict[entry["verdict"]] if "verdict" in entry else None,
        permitted=tuple(entry.get("permitted", ())),
        prohibited=tuple(entry.get("prohibited", ())),
        citations=tuple(entry.get("citations", ())),
        own=bool(entry.get("own", False)),
        alone=bool(entry.get("alone", False)),
    )


def _coverage(entry: Mapping[str, Any]) -> Coverage:
    if entry["covered"] not in {"yes", "no", "open"}:
        raise ValueError(f"covered = {entry['covered']!r}")
    return Coverage(covered=entry["covered"], reason=entry["reason"], citations=tuple(entry["citations"]))


def _table(text: str) -> dict[tuple[Action, Phase], Cell]:
    cells: dict[tuple[Action, Phase], Cell] = {}
    for line in csv.DictReader(text.splitlines()):
        key = Action(line["action"]), Phase(line["phase"])
        if key in cells or line["authority"] not in AUTHORITIES:
            raise ValueError(f"{TABLE}: {key[0]} {key[1]}: twice, or authority {line['authority']!r}")
        cells[key] = Cell(
            ruling=Ruling(line["ruling"]),
            authority=line["authority"],
            citations=tuple(c.strip() for c in line["citation"].split(";") if c.strip()),
            note=line["note"],
        )
    missing = [f"{a} {p}" for a in Action for p in Phase if (a, p) not in cells]
    if missing:
        raise ValueError(f"{TABLE}: no ruling on {', '.join(missing)}")
    return cells
