"""OFAC's legacy csv set (CONS_PRIM, CONS_ALT, CONS_ADD, CONS_COMMENTS) as published records; all four or nothing.

Layout: OFAC's data specification for the legacy files: no header, `-0-` for null, a lone 0x1A after the last record,
remarks cut at 1,000 characters and continued in CONS_COMMENTS without a separator. A set whose parts do not belong
together, a re-export with other columns and a file without its end mark are refused.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING

from cmic_screen.model import EntityName, NameKind
from cmic_screen.reference import remarks
from cmic_screen.reference.container import Contents, open_contents
from cmic_screen.reference.faults import refuse
from cmic_screen.reference.published import PROGRAMME, Publication, PublishedRecord, is_uid

if TYPE_CHECKING:
    from pathlib import Path

NULL = "-0-"
END = "\x1a"
COLUMNS = {"PRIM": 12, "ALT": 5, "ADD": 6, "COMMENTS": 2}
_NAME = re.compile(r"CONS_(?P<role>PRIM|ALT|ADD|COMMENTS)(?P<rest>.*\.CSV(\.GZ)?)", re.IGNORECASE)
_ALIASES = {"aka": NameKind.AKA, "fka": NameKind.FKA, "nka": NameKind.AKA}
_CUT = 999  # a remark of this length may have been cut: its rest must then be in CONS_COMMENTS

Rows = list[list[str]]


def is_member(name: str) -> bool:
    """Whether a file is named like one of the set."""
    return _NAME.fullmatch(name) is not None


def sister_name(name: str, role: str) -> str:
    """The name of the set's file of `role` beside the file `name`, in the same spelling."""
    named = _NAME.fullmatch(name)
    if named is None:
        raise refuse("not one of the CONS_ csv files", file=name)
    return f"{name[:5]}{role.lower() if named['role'].islower() else role}{named['rest']}"


def find_set(path: Path) -> dict[str, Path]:
    """The four files of the set `path` belongs to, or that lie in the folder `path`; by role. A role that is missing
    is missing in the result. ListError where a folder holds several sets, or none.
    """
    folder = path if path.is_dir() else path.parent
    sets: dict[str, dict[str, Path]] = {}
    for file in sorted(folder.iterdir()):
        named = _NAME.fullmatch(file.name)
        if named and file.is_file():
            sets.setdefault(named["rest"].upper(), {})[named["role"].upper()] = file
    if path.is_dir():
        if len(sets) != 1:
            what = "several sets of CONS_ files" if sets else "no CONS_PRIM.CSV and its sisters"
            raise refuse(f"the folder holds {what}", file=path.name, do="Give the CONS_PRIM file itself.")
        return next(iter(sets.values()))
    named = _NAME.fullmatch(path.name)
    return sets[named["rest"].upper()] if named else {}


def read(path: Path) -> Publication:
    """Every NS-CMIC record of the set. `path` is any of the four files, or their folder. The digest is SHA-256 over
    the four digests, one line each (`PRIM <digest>`…), in the order PRIM, ALT, ADD, COMMENTS.
    """
    files = find_set(path)
    opened: dict[str, Contents] = {}
    table: dict[str, Rows] = {}
    for role, width in COLUMNS.items():
        if role not in files:
            sister = next(iter(files.values()), path).name
            raise refuse(
                f"CONS_{role}.CSV is missing beside {sister}",
                file=path.name,
                do="Put the four files of one day (PRIM, ALT, ADD, COMMENTS) in one folder.",
            )
        opened[role] = open_contents(files[role])
        table[role] = _rows(opened[role], width)
    lines = "".join(f"{role} {opened[role].sha256}\n" for role in COLUMNS)
    publication = Publication(
        format="LEGACY_CSV",
        file=files["PRIM"].name,
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
        notes=["the csv set holds no Chinese names and no legal authority"],
    )
    _check_together(table, opened)
    _read(publication, table, opened)
    return publication


def _rows(contents: Contents, width: int) -> Rows:
    try:
        text = contents.data.decode("ascii")
    except UnicodeDecodeError as error:
        raise refuse("not plain ASCII, as OFAC's csv files are", file=contents.name) from error
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise refuse(f"broken csv ({error})", file=contents.name) from error
    _check_header(rows, width, contents.name)
    for number, row in enumerate(rows, 1):
        if row == [END] and number == len(rows):
            return rows[:-1]
        if len(row) != width or not is_uid("".join(row[:1])):
            raise refuse(
                f"{len(row)} cells beginning with {''.join(row[:1])[:30]!r}, not {width} beginning with OFAC's number",
                file=contents.name,
                record=f"on line {number}",
            )
    raise refuse("the end mark (0x1A) is missing: the file was cut off or re-exported", file=contents.name)


def _check_header(rows: Rows, width: int, name: str) -> None:
    if not rows or rows[0] == [END] or (rows[0] and is_uid(rows[0][0])):
        return
    head = ", ".join(rows[0])[:80] or "a blank line"
    lost = ""
    if len(rows) > 1 and not is_uid("".join(rows[1][:1])):
        lost = " and the number that ties names, aliases and addresses together is gone from the records"
    raise refuse(
        f"not as OFAC publishes it but re-exported: it begins with a header ({head}), has {len(rows[0])} columns where "
        f"OFAC has {width}{lost}",
        file=name,
        do="Use OFAC's own file, which has no header.",
    )


def _check_together(table: dict[str, Rows], opened: dict[str, Contents]) -> None:
    known = {row[0] for row in table["PRIM"]}
    if len(known) != len(table["PRIM"]):
        raise refuse("two records with one number", file=opened["PRIM"].name)
    for role in ("ALT", "ADD", "COMMENTS"):
        stray = next((row[0] for row in table[role] if row[0] not in known), "")
        if stray:
            raise refuse(
                f"speaks of a record that {opened['PRIM'].name} does not have: the files are of different days",
                file=opened[role].name,
                record=stray,
            )


def _read(publication: Publication, table: dict[str, Rows], opened: dict[str, Contents]) -> None:
    rest = _joined_comments(table["COMMENTS"])
    names = {row[1] for row in table["PRIM"]}
    countries = _countries()
    prim = opened["PRIM"].name
    publication.all_records = len(table["PRIM"])
    for row in table["PRIM"]:
        programmes = row[3].split("] [")
        remark = row[11]
        on_list = any(p.startswith(PROGRAMME) for p in programmes)
        if on_list != ("(CMIC)" in remark):
            raise refuse(
                "half on the NS-CMIC List: program and remarks differ", file=prim, record=row[0], field="program"
            )
        if not on_list:
            continue
        if any(cell.strip() != NULL for cell in (row[2], *row[4:11])):
            raise refuse("a column is filled that is empty for companies", file=prim, record=row[0], field="type")
        if len(remark) >= _CUT and row[0] not in rest:
            raise refuse(
                f"cut at {len(remark)} characters, and CONS_COMMENTS does not continue it",
                file=prim, record=row[0], field="remarks",
            )  # fmt: skip
        record = PublishedRecord(uid=row[0], programmes=programmes)
        record.names.append(EntityName(text=row[1], kind=NameKind.PRIMARY))
        remarks.take(remark + rest.get(row[0], ""), record, names, prim)
        _aliases(record, table["ALT"], opened["ALT"].name)
        for add in table["ADD"]:
            if add[0] == record.uid:
                record.countries.append(_country(add[4], countries, record.uid, opened["ADD"].name))
        publication.records.append(record)


def _joined_comments(rows: Rows) -> dict[str, str]:
    joined: dict[str, str] = {}
    for uid, text in rows:
        joined[uid] = joined.get(uid, "") + text
    return joined


def _aliases(record: PublishedRecord, rows: Rows, file: str) -> None:
    for uid, _, kind, text, remark in rows:
        if uid != record.uid:
            continue
        if kind not in _ALIASES or remark.strip() != NULL:
            raise refuse(f"alias type {kind!r}, remark {remark!r}", file=file, record=uid, field="alt_type")
        record.names.append(EntityName(text=text, kind=_ALIASES[kind]))


def _countries() -> dict[str, str]:
    text = resources.files("cmic_screen.reference").joinpath("data/countries.toml").read_text(encoding="utf-8")
    return {name: str(code) for name, code in tomllib.loads(text).items()}


def _country(name: str, countries: dict[str, str], uid: str, file: str) -> str:
    if name not in countries:
        raise refuse(f"unknown country {name!r}", file=file, record=uid, field="country")
    return countries[name]
