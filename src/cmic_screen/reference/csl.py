"""trade.gov's Consolidated Screening List (csv) as published records; a second-hand source that may lag OFAC.

Dates stand inside `ids` (`start_date` is blank for NS-CMIC). It does not mark weak aliases, so a name of a single word
is taken as weak: it then asks and never proves. Layout: the file's own header line.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from cmic_screen.model import EntityName, NameKind
from cmic_screen.reference.faults import refuse
from cmic_screen.reference.published import PROGRAMME, Publication, PublishedRecord, is_uid
from cmic_screen.reference.remarks import NUMBERS, PLAIN

if TYPE_CHECKING:
    from cmic_screen.reference.container import Contents

HEADER = ("_id", "source", "entity_number", "type", "programs", "name", "addresses", "remarks", "alt_names", "ids")
SOURCE = "(CMIC)"
_COUNTRY_END = re.compile(r"(?:^|, )(?P<code>[A-Z]{2})$")
_NUMBER_COUNTRY = re.compile(r", [A-Z]{2}$")
_SECOND_HAND = "second-hand: trade.gov's file may lag OFAC and carries no links and no legal authority"
_NO_WEAK = "the file does not mark weak aliases: names of one word are taken as weak"


def is_csl(data: bytes) -> bool:
    """Whether a file begins with the header of the Consolidated Screening List."""
    head = data[:4096].decode("utf-8-sig", errors="replace").split("\n", 1)[0].strip().split(",")
    return set(HEADER) <= {cell.strip('"') for cell in head}


def read(contents: Contents) -> Publication:
    """Every NS-CMIC record of the file. `truncated` is filled where the file breaks off; the caller decides."""
    file = contents.name
    publication = Publication(format="TRADEGOV_CSL", sha256=contents.sha256, notes=[_SECOND_HAND, _NO_WEAK])
    try:
        text = contents.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refuse("not UTF-8, as the file should be", file=file) from error
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise refuse(f"broken csv ({error})", file=file) from error
    header = rows[0]
    if len(rows[-1]) != len(header) or not text.endswith(("\n", '"')):
        last = rows.pop()
        publication.truncated = f"its last line breaks off after {len(last)} of {len(header)} cells"
        if any(SOURCE in cell for cell in last):
            raise refuse(f"truncated within a record of the list: {publication.truncated}", file=file)
    for number, row in enumerate(rows[1:], 2):
        if row == header:  # trade.gov's own file repeats its header
            continue
        if len(row) != len(header):
            raise refuse(f"{len(row)} cells, not {len(header)}", file=file, record=f"on line {number}")
        publication.all_records += 1
        cells = dict(zip(header, row, strict=True))
        marks = {SOURCE in cells["source"], PROGRAMME in cells["programs"], SOURCE in cells["ids"]}
        if len(marks) > 1:
            raise refuse("half on the NS-CMIC List", file=file, record=cells["entity_number"], field="source")
        if marks == {True}:
            publication.records.append(_record(cells, file))
    return publication


def _record(cells: dict[str, str], file: str) -> PublishedRecord:
    uid = cells["entity_number"]
    if not is_uid(uid) or cells["type"] != "Entity" or cells["remarks"]:
        raise refuse(f"number {uid!r}, type {cells['type']!r}, remarks {cells['remarks']!r}", file=file, record=uid)
    record = PublishedRecord(uid=uid, programmes=cells["programs"].split("; "))
    record.names.append(EntityName(text=cells["name"].upper(), kind=NameKind.PRIMARY))
    for alias in filter(None, cells["alt_names"].split("; ")):
        kind = NameKind.AKA if " " in alias else NameKind.WEAK
        record.names.append(EntityName(text=alias.upper(), kind=kind))
    for part in filter(None, cells["ids"].split("; ")):
        record.fields.append(_field(part, uid, file))
    for address in filter(None, cells["addresses"].split("; ")):
        country = _COUNTRY_END.search(address)
        if country is None:
            raise refuse(f"an address without a country: {address!r}", file=file, record=uid, field="addresses")
        record.countries.append(country["code"])
    return record


def _field(part: str, uid: str, file: str) -> tuple[str, str]:
    """`Label, value` as in 2023, or `value, Label` as in later files; a registry number's country is dropped."""
    for label in (*PLAIN, *NUMBERS):
        if part.startswith(f"{label}, "):
            value = part.removeprefix(f"{label}, ")
        elif part.endswith(f", {label}"):
            value = part.removesuffix(f", {label}")
        else:
            continue
        return label, _NUMBER_COUNTRY.sub("", value) if label in NUMBERS else value
    raise refuse(f"a part that is not understood: {part!r}", file=file, record=uid, field="ids")
