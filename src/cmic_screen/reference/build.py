"""A file as OFAC (or trade.gov) publishes it into a ListSnapshot; it downloads nothing and trusts no file name.

The digest in the snapshot is of the file as published: of the XML or csv text, not of a gz around it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from datetime import date
from typing import TYPE_CHECKING

from cmic_screen.errors import ListError
from cmic_screen.model import ListSnapshot
from cmic_screen.reference import enhanced_xml
from cmic_screen.reference.entity import to_entity
from cmic_screen.reference.faults import refuse
from cmic_screen.reference.snapshot import PUBLISHER, sealed

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 400 * 1024 * 1024  # unpacked; the whole Consolidated List is under 4 MB, the SDN List under 100 MB


def build_snapshot(path: Path, *, retrieved_at: str = "") -> ListSnapshot:
    """The snapshot of an OFAC publication. `retrieved_at` is ISO 8601 UTC text or "". Errors name file and record."""
    data = read_published(path)
    found = enhanced_xml.read(io.BytesIO(data), path.name)
    if not found.records:
        raise refuse("no company of the NS-CMIC List is in this file", file=path.name)
    entities = sorted((to_entity(r, path.name) for r in found.records), key=lambda e: int(e.uid))
    uids = [e.uid for e in entities]
    twice = next((u for u in uids if uids.count(u) > 1), "")
    if twice:
        raise refuse("two records with one uid", file=path.name, record=twice)
    return sealed(
        ListSnapshot(
            publisher=PUBLISHER,
            published=found.published or date.min,
            retrieved_at=retrieved_at,
            sha256=hashlib.sha256(data).hexdigest(),
            source=path.name,
            format="ENHANCED_XML",
            entities=tuple(entities),
        )
    )


def read_published(path: Path) -> bytes:
    """The bytes of a publication, unpacked where it is gzip; size-limited. ListError where it cannot be read."""
    try:
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            with gzip.open(io.BytesIO(data)) as packed:
                data = packed.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ListError("there is no such list file.", where=path.name, do="Check the path.") from error
    except (OSError, EOFError) as error:
        raise refuse(f"cannot be read to its end ({error})", file=path.name) from error
    if len(data) > MAX_BYTES:
        raise refuse(f"larger than {MAX_BYTES // 1024**2} MB unpacked", file=path.name)
    return data
