"""What of a saved workbook a reader would not see, or would see beside it: hidden sheets, rows, columns, and comments.

It judges nothing: a reviewer filters a sheet or leaves a note, a forger hides a line, and the XML is the same
(ECMA-376 part 1 §18.2.19 sheet, §18.3.1.73 row, §18.3.1.13 col, §18.7.3 comment). Fonts, fills, number formats and
drawings, with which text can be made invisible too, are not looked at.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from cmic_screen.report.tables import letters

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping, Sequence

MALFORMED: Final = (expat.ExpatError, LookupError, ValueError)
"""Raised by `told` for XML that is malformed, of an encoding nobody knows, or that declares a document type."""
_CHUNK: Final = 1 << 17
_MOST: Final = 12
_NOTES: Final = ("/comments", "/threadedComment")
_YES: Final = frozenset({"1", "true"})


def told(parts: zipfile.ZipFile, sheets: Mapping[str, Sequence[Sequence[tuple[int, str]]]]) -> tuple[str, ...]:
    """A sentence for each sheet that is hidden, hides rows or columns, or bears comments; () where all is in sight.

    `sheets` are the sheets to look at with their cells (rows of column number and text): what is hidden beyond the
    last of these hides nothing. One of `MALFORMED` where a part is.
    """
    found: list[str] = []
    targets = _targets(parts, "xl/workbook.xml")
    for tag, element in _elements(parts, "xl/workbook.xml"):
        name = element.get("name", "")
        if tag != "sheet" or name not in sheets:
            continue
        if element.get("state", "visible") != "visible":
            found.append(f"The sheet {name} is hidden.")
        link = next((v for k, v in element.items() if k.endswith("}id")), "")
        _, part = targets.get(link, ("", ""))
        rows = sheets[name]
        width = max((i for row in rows for i, _ in row), default=0)
        hidden = dict(_hidden(parts, part, len(rows), width))
        notes = sorted(
            e.get("ref", "?")
            for kind, target in _targets(parts, part).values()
            if kind.endswith(_NOTES)
            for tag, e in _elements(parts, target)
            if tag in {"comment", "threadedComment"}
        )
        for what, places in (*hidden.items(), ("comments at", list(dict.fromkeys(notes)))):
            if places:
                more = f" and {len(places) - _MOST} more" if len(places) > _MOST else ""
                found.append(f"{name} has {what} {', '.join(places[:_MOST])}{more}.")
    return tuple(found)


def _hidden(parts: zipfile.ZipFile, part: str, height: int, width: int) -> Iterator[tuple[str, list[str]]]:
    """Numbers of the rows and letters of the columns that are hidden, among those that hold something."""
    rows: list[int] = []
    columns: list[int] = []
    usual = ""
    for tag, element in _elements(parts, part):
        if tag == "sheetFormatPr":
            usual = "0" if element.get("zeroHeight") in _YES else element.get("defaultRowHeight", "")
        elif tag == "row" and (element.get("hidden") in _YES or _nothing(element.get("ht", usual))):
            rows.append(int(element.get("r", "0")))
        elif tag == "col" and (element.get("hidden") in _YES or _nothing(element.get("width", ""))):
            columns += range(int(element.get("min", "0")), min(int(element.get("max", "0")), width) + 1)
    yield "hidden rows:", [str(r) for r in rows if r <= height]
    yield "hidden columns:", [letters(c) for c in columns]


def _nothing(size: str) -> bool:
    return bool(size) and not size.strip("0.")


def _targets(parts: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to inside the package: relation id to its type and the part's name."""
    folder, _, file = part.rpartition("/")
    return {
        e.get("Id", ""): (
            e.get("Type", ""),
            posixpath.normpath(posixpath.join(f"/{folder}", e.get("Target", ""))).lstrip("/"),
        )
        for tag, e in _elements(parts, f"{folder}/_rels/{file}.rels")
        if tag == "Relationship" and e.get("TargetMode") != "External"
    }


def _elements(parts: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Name and attributes of each element of a part as it begins, in document order; none where there is no such part.

    By expat itself, which builds no tree: a sheet of 5,000 rows has 200,000 elements.
    """
    if part not in parts.NameToInfo:
        return
    found: list[tuple[str, dict[str, str]]] = []
    made: Any = expat.ParserCreate(namespace_separator="}")
    made.StartElementHandler = lambda name, attributes: found.append((name.rpartition("}")[2], attributes))
    made.StartDoctypeDeclHandler = _refuse
    with parts.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            made.Parse(chunk, False)
            yield from found
            found.clear()
    made.Parse(b"", True)
    yield from found


def _refuse(*_: object) -> None:
    msg = "it declares a document type, which no workbook does"
    raise ValueError(msg)
