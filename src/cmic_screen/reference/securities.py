"""The securities master: facts about listed entities' securities that are not OFAC's, each with its source; no verdict.

OFAC's identifiers are incomplete and age while the ban follows the issuer (rules.md §6.4). Shipped rows come from
`data/securities.csv`; a user's own from `securities.csv` in the user's folder. Evidence from here is always marked so.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import TYPE_CHECKING, Final

from cmic_screen.errors import ListError
from cmic_screen.model import MasterRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS: Final = (
    "uid", "relation", "scheme", "value", "mic", "valid_from", "valid_to", "policy", "source", "confidence", "note",
)  # fmt: skip
OWN_FILE: Final = "securities.csv"


@dataclass(frozen=True, slots=True)
class Master:
    """All rows in force, shipped ones first, and the SHA-256 of the bytes they were read from."""

    rows: tuple[MasterRow, ...]
    sha256: str


def load_master(home: Path | None = None) -> Master:
    """The shipped rows and, where `home` holds a `securities.csv`, the user's own. ListError where either is broken."""
    shipped = resources.files("cmic_screen.reference").joinpath("data/securities.csv").read_bytes()
    digest = hashlib.sha256(shipped)
    rows = read_rows(shipped, "embedded securities master")
    own = home / OWN_FILE if home else None
    if own and own.is_file():
        body = own.read_bytes()
        digest.update(body)
        rows += read_rows(body, own.name)
    return Master(rows, digest.hexdigest())


def read_rows(body: bytes, file: str) -> tuple[MasterRow, ...]:
    """The rows of a master file: UTF-8 csv with the header COLUMNS. ListError names the line and the field."""
    try:
        reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ListError("not a securities master: its columns differ.", where=file, do=f"Use {', '.join(COLUMNS)}.")
        return tuple(_row(line, f"{file} line {reader.line_num}") for line in reader)
    except UnicodeDecodeError as error:
        raise ListError("not UTF-8 text.", where=file, do="Save it as UTF-8.") from error


def _row(line: Mapping[str, str], where: str) -> MasterRow:
    try:
        return MasterRow(
            uid=line["uid"], relation=line["relation"], scheme=line["scheme"], value=line["value"], mic=line["mic"],
            valid_from=_day(line["valid_from"]), valid_to=_day(line["valid_to"]), policy=line["policy"],
            source=line["source"], confidence=line["confidence"], note=line["note"],
        )  # fmt: skip
    except (ValueError, TypeError) as error:
        raise ListError(f"not a row of the securities master ({error}).", where=where) from error


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
