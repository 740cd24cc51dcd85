"""A folder of fund publications -> FundBook, with an index so that thousands of funds open quickly; it judges nothing.

Constituents are taken as the fund publishes them (N-PORT XML, iShares, SPDR, Vanguard, NBIM… files) through the same
ingest as holdings. A fund is known by ISIN, CUSIP, ticker or series: from the file itself, from its file name, or from
a `funds.csv` in the folder (columns file, isin, cusip, ticker, series, name, as_of), which wins. A file that cannot be
read stops the run: a fund silently left out would look like a fund without listed names.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import identifiers, securities
from cmic_screen.digests import file_digest
from cmic_screen.errors import InputError, words_of
from cmic_screen.lookthrough import Constituent, FundBook, FundFile, fold
from cmic_screen.model import Scheme
from cmic_screen.positions import SECURITY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cmic_screen.intake import Intake

INDEX: Final = "lookthrough.json"
SIDECAR: Final = "funds.csv"
_VERSION: Final = 2
_TICKER: Final = re.compile(r"[A-Z]{2,5}[0-9]?")
_LABELLED: Final = re.compile(
    r"^(fund name|fund ticker|ticker symbol|ticker|isin|cusip|series(?: id)?)\s*:?$", re.IGNORECASE
)


def load_funds(folder: Path, max_age: int) -> FundBook:
    """All funds of a folder; from the index where a file's digest is unchanged, read anew otherwise. Writes nothing."""
    known = _read_index(folder)
    return FundBook([_fund(path, folder, known) for path in _files(folder)], max_age)


def build_index(folder: Path) -> list[FundFile]:
    """Read every file once and write the index beside them, whole or not at all; the funds read, in file order."""
    known = _read_index(folder)
    side = _sidecar(folder)
    entries: dict[str, Any] = {}
    funds: list[FundFile] = []
    for path in _files(folder):
        digest = file_digest(path)
        entry = known.get(path.name)
        if entry is None or entry["sha256"] != digest:
            entry = _entry(path, digest)
        entries[path.name] = entry
        funds.append(_from_entry(path.name, entry, side.get(path.name, {})))
    target = folder / INDEX
    beside = target.with_suffix(".tmp")
    beside.write_text(json.dumps({"version": _VERSION, "files": entries}, sort_keys=True), encoding="utf-8")
    beside.replace(target)
    return funds


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(
            "no such folder of fund constituents.", where=str(folder), why="Funds would not be looked through.",
            do="Name an existing folder; without one leave --funds out.",
        )  # fmt: skip
    return sorted(p for p in folder.iterdir() if p.is_file() and p.name not in {INDEX, SIDECAR} and p.name[0] != ".")


def _fund(path: Path, folder: Path, known: Mapping[str, Any]) -> FundFile:
    digest = file_digest(path)
    entry = known.get(path.name)
    if entry is None or entry["sha256"] != digest:
        entry = _entry(path, digest)
    return _from_entry(path.name, entry, _sidecar(folder).get(path.name, {}))


def _read_index(folder: Path) -> dict[str, Any]:
    path = folder / INDEX
    if not path.is_file():
        return {}
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
        return dict(index["files"]) if index["version"] == _VERSION else {}
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"the look-through index is not readable ({words_of(error)}).",
            where=str(path),
            do="Remove it, or build it again with `lookthrough build`.",
        ) from error


def _sidecar(folder: Path) -> dict[str, dict[str, str]]:
    path = folder / SIDECAR
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row["file"]: row for row in csv.DictReader(lines) if row.get("file")}


def _entry(path: Path, digest: str) -> dict[str, Any]:
    """What a publication says, as plain values for the index."""
    from cmic_screen.ingest import read_holdings

    intake = read_holdings([path])
    columns = [*(c for c in SECURITY_COLUMNS if c != "sector"), "weight_pct", "market_value"]
    rows = [{k: v for k, v in row.items() if v} for row in intake.table[columns].to_dict("records")]
    _weigh(rows)
    name, keys = _own_keys(intake, path.stem)
    return {"sha256": digest, "name": name, "keys": sorted(keys), "as_of": intake.as_of, "rows": rows}


def _weigh(rows: list[dict[Any, Any]]) -> None:
    """Weights in percent. Fractions (a sum near 1) become percent; without weights, shares of the stated value."""
    weights = [_decimal(r.get("weight_pct", "")) for r in rows]
    total = sum((w for w in weights if w is not None), Decimal(0))
    if total and Decimal("0.9") <= total <= Decimal("1.1"):
        weights = [w * 100 if w is not None else None for w in weights]
    for row, weight in zip(rows, weights, strict=True):
        row.pop("market_value", None)
        row["weight_pct"] = str(weight) if weight is not None else ""


def _own_keys(intake: Intake, stem: str) -> tuple[str, set[str]]:
    """Name and keys of the fund from what the file says of itself, and from its file name."""
    keys: set[str] = set()
    name = ""
    for meta in (f.meta for f in intake.inputs):
        name = name or meta.get("fund", "") or meta.get("series_name", "") or meta.get("series", "")
        keys.update(f"{k}:{v}" for k, v in meta.items() if k in {"series", "isin", "cusip", "ticker"} and v)
    for aside in intake.set_aside:
        cells = [c.strip() for c in aside.text.split(" | ")]
        for label, value in itertools.pairwise(cells):
            if _LABELLED.match(label):
                keys.update(_keys_of(value))
                name = name or (value if label.lower().startswith("fund name") else "")
        if not name and "preamble" in aside.reason and len(cells) == 1 and securities.usable_name(cells[0]):
            name = cells[0]
    for token in re.split(r"[^A-Za-z0-9]+", stem):
        keys.update(_keys_of(token))
    return name or stem, keys


def _keys_of(text: str) -> set[str]:
    found = {
        f"{i.scheme.value}:{i.value}"
        for i in identifiers.classify(text.strip()).identifiers
        if i.scheme in {Scheme.ISIN, Scheme.CUSIP}
    }
    if not found and _TICKER.fullmatch(text.strip()):
        found = {f"ticker:{text.strip()}"}
    return found


def _from_entry(file: str, entry: Mapping[str, Any], side: Mapping[str, str]) -> FundFile:
    name = side.get("name") or entry["name"]
    keys = set(entry["keys"]) | {f"name:{fold(name)}"}
    keys.update(f"{k}:{side[k].strip()}" for k in ("isin", "cusip", "ticker", "series") if side.get(k))
    stated = side.get("as_of") or entry["as_of"]
    return FundFile(
        file=file,
        sha256=entry["sha256"],
        name=name,
        keys=frozenset(keys),
        as_of=date.fromisoformat(stated) if stated else None,
        constituents=tuple(
            Constituent(security=securities.build(row), weight=_decimal(row.get("weight_pct", "")))
            for row in entry["rows"]
        ),
    )


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
