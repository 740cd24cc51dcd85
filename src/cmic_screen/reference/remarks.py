"""The remark grammar of OFAC's legacy files: one text of `Label value; alt. Label value; …` into labelled parts.

A label that is not known stops the build. Values: dates `DD Mon YYYY`, numbers with their country in brackets, weak
aliases as `a.k.a. 'NAME'`, links as `Linked To: NAME` (SDN data specification; rules as seen in the files).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cmic_screen.model import EntityName, NameKind
from cmic_screen.reference.faults import refuse

if TYPE_CHECKING:
    from collections.abc import Collection

    from cmic_screen.reference.published import PublishedRecord

PLAIN = (
    "Equity Ticker",
    "Issuer Name",
    "ISIN",
    "Target Type",
    "Effective Date (CMIC)",
    "Purchase/Sales For Divestment Date (CMIC)",
    "Listing Date (CMIC)",
)
NUMBERS = (
    "Unified Social Credit Code (USCC)",
    "Legal Entity Number",
    "Company Number",
    "C.R. No.",
    "Business Registration Number",
)
_WEAK = re.compile(r"[afn]\.k\.a\. '(?P<name>.+)'")
_LINK = "Linked To: "
_COUNTRY = re.compile(r" \([A-Z][A-Za-z ,.'-]+\)$")


def take(remark: str, record: PublishedRecord, names_in_file: Collection[str], file: str) -> None:
    """Add what a remark says to `record`. `names_in_file` are all primary names: they tell whether the last full stop
    belongs to a linked company's `LTD.` or ends the remark.
    """
    parts = remark.split("; ")
    parts[-1] = _without_stop(parts[-1], names_in_file)
    for part in parts:
        if not _take_part(part.strip(), record):
            raise refuse(f"a part that is not understood: {part!r}", file=file, record=record.uid, field="remarks")


def _take_part(part: str, record: PublishedRecord) -> bool:
    bare = part.removeprefix("alt. ")
    weak = _WEAK.fullmatch(part)
    if weak:
        record.names.append(EntityName(text=weak["name"], kind=NameKind.WEAK))
        return True
    if part.startswith(_LINK):
        record.linked_to.append(part.removeprefix(_LINK))
        return True
    for label in (*PLAIN, *NUMBERS):
        if bare.startswith(f"{label} "):
            value = bare.removeprefix(f"{label} ").strip()
            if label in NUMBERS:
                value = _COUNTRY.sub("", value)
            record.fields.append((label, value))
            return bool(value)
    return False


def _without_stop(part: str, names_in_file: Collection[str]) -> str:
    if part.startswith(_LINK) and part.removeprefix(_LINK) in names_in_file:
        return part  # the stop is the company's own: "... CO., LTD."
    return part.removesuffix(".")
