"""A file as OFAC (or trade.gov) publishes it into a ListSnapshot; it downloads nothing and trusts no file name.

The digest in the snapshot is of the file as published: of the XML or csv text, not of a gz or zip around it.
"""

from __future__ import annotations

import contextlib
import io
import re
from datetime import date
from typing import TYPE_CHECKING

from cmic_screen.model import ListSnapshot
from cmic_screen.reference import csl, enhanced_xml, legacy_csv
from cmic_screen.reference.container import Contents, open_contents
from cmic_screen.reference.entity import to_entity
from cmic_screen.reference.faults import refuse
from cmic_screen.reference.snapshot import PUBLISHER, sealed

if TYPE_CHECKING:
    from pathlib import Path

    from cmic_screen.model import ListedEntity
    from cmic_screen.reference.published import Publication

READ = (
    "Readable are: ENHANCED_XML of the Consolidated List (CONS_ENHANCED.XML, also .gz or .zip), the csv set "
    "CONS_PRIM, CONS_ALT, CONS_ADD and CONS_COMMENTS, and trade.gov's Consolidated Screening List as csv."
)
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?(?P<name>[\w.-]+)")
_OTHER_XML = {
    b"Sanctions": "ADVANCED_XML (CONS_ADVANCED.XML)",
    b"sdnList": "the older CONSOLIDATED.XML",
    b"html": "a web page (HTML)",
    b"HTML": "a web page (HTML)",
}
_DATED = re.compile(r"(?P<year>20\d\d)-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?!\d)")


def build_snapshot(
    path: Path, *, retrieved_at: str = "", published: date | None = None, accept_truncated: bool = False
) -> ListSnapshot:
    """The snapshot of a publication. `path` is a file, or the folder of a csv set. `retrieved_at` is ISO 8601 UTC text
    or "". `published` is the publication date where the file does not carry it; where neither does, the earliest day
    its name allows, else the newest date in it (so that a list never looks fresher than is known), and a note says so.
    `accept_truncated` takes a file that breaks off, as long as no NS-CMIC record is cut. ListError names file, record
    and field of whatever is not understood.
    """
    found = _read(path)
    name = found.file or path.name
    if found.truncated and not accept_truncated:
        raise refuse(
            f"the file is truncated: {found.truncated}; {len(found.records)} NS-CMIC records were read before that",
            file=name,
            do="Fetch it again; `list build --accept-truncated` uses what is there, at the risk of a company missing.",
        )
    if not found.records:
        raise refuse("no company of the NS-CMIC List is in this file", file=name, do=READ)
    entities = tuple(sorted((to_entity(r, name) for r in found.records), key=lambda e: int(e.uid)))
    uids = [e.uid for e in entities]
    twice = next((u for u in uids if uids.count(u) > 1), "")
    if twice:
        raise refuse("two records with one uid", file=name, record=twice)
    notes = list(found.notes)
    if found.truncated:
        notes.append(f"truncated file accepted by hand: {found.truncated}")
    return sealed(
        ListSnapshot(
            publisher=PUBLISHER,
            published=_publication_date(found, name, published, entities, notes),
            retrieved_at=retrieved_at,
            sha256=found.sha256,
            source=name,
            format=found.format,
            entities=entities,
            notes=tuple(notes),
            records=found.all_records,
        )
    )


def _read(path: Path) -> Publication:
    if path.is_dir() or legacy_csv.is_member(path.name):
        return legacy_csv.read(path)
    contents = open_contents(path)
    if csl.is_csl(contents.data):
        return csl.read(contents)
    root = _ROOT.search(contents.data[:8192])
    if contents.data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and root and root["name"] == b"sanctionsData":
        found = enhanced_xml.read(io.BytesIO(contents.data), path.name)
        found.sha256 = contents.sha256
        return found
    raise refuse(f"{_taken_for(contents, root)} cannot be read", file=path.name, do=READ)


def _taken_for(contents: Contents, root: re.Match[bytes] | None) -> str:
    head = contents.data[:512].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"%PDF"):
        return "a PDF"
    if b"<!doctype html" in head.lower():
        return "a web page (HTML)"
    if head.startswith(b"<") and root:
        return _OTHER_XML.get(root["name"], f"XML with the root {root['name'].decode()}")
    if head.startswith((b"{", b"[")):
        return "JSON"
    first = head.split(b"\n", 1)[0].decode("ascii", errors="replace")[:60]
    return f"a file that begins {first!r}"


def _day_in(name: str) -> date | None:
    """The earliest day that a date in a file's name allows."""
    for named in _DATED.finditer(name):
        with contextlib.suppress(ValueError):  # 2025-13 is a number, no month
            return date(int(named["year"]), int(named["month"]), int(named["day"] or 1))
    return None


def _publication_date(
    found: Publication, name: str, given: date | None, entities: tuple[ListedEntity, ...], notes: list[str]
) -> date:
    if found.published is not None:
        if given is not None and given != found.published:
            raise refuse(f"the file says {found.published}, --published says {given}", file=name, field="dataAsOf")
        return found.published
    if given is not None:
        notes.append(f"publication date {given} stated by hand: the file carries none")
        return given
    day = _day_in(name)
    if day is not None:
        notes.append(f"publication date {day} is the earliest the file's name allows: the file carries none")
        return day
    newest = max(e.listed for e in entities)
    notes.append(f"publication date unknown: {newest}, the newest listing in the file, stands in for it")
    return newest
