"""The small parts of an xlsx package: which sheets it has, where they stand, and each cell style's number format;
follows relations inside the package only (ECMA-376 part 2 §6.5, part 1 §18.8).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import xmlwalk
from cmic_screen.ingest.formats import BUILT_IN

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator


class _Letters(dict[str, int]):
    """Column letters to column number, each worked out once."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z":
                return 0
            number = number * 26 + ord(letter) - 64
        self[letters] = number
        return number


COLUMN: Final = _Letters()


def sheets(book: zipfile.ZipFile, names: dict[str, str], main: str, where: str) -> Iterator[tuple[str, str]]:
    """Sheet titles with the (lower-case) names of their parts."""
    parts = targets(book, names, main, where, "/worksheet")
    for tag, given in _elements(book, names, main, where):
        if tag == "sheet":
            link = next((v for k, v in given.items() if k.endswith(":id")), "")
            yield given.get("name", ""), parts.get(link, "")


def targets(book: zipfile.ZipFile, names: dict[str, str], part: str, where: str, kind: str) -> dict[str, str]:
    """What a part refers to by relations of a kind: id to the (lower-case) part name; links to the outside are left."""
    folder, _, file = part.rpartition("/")
    found: dict[str, str] = {}
    for tag, given in _elements(book, names, posixpath.join(folder, "_rels", f"{file}.rels"), where):
        if tag == "Relationship" and given.get("TargetMode") != "External" and given.get("Type", "").endswith(kind):
            target = posixpath.normpath(posixpath.join("/" + folder, given.get("Target", "")))
            found[given.get("Id", "")] = target.lstrip("/").lower()
    return found


def styles(book: zipfile.ZipFile, names: dict[str, str], main: str, where: str) -> list[str]:
    """The number format of each cell style, "" where it is General."""
    part = next(iter(targets(book, names, main, where, "/styles").values()), "xl/styles.xml")
    own: dict[str, str] = {}
    codes: list[str] = []
    inside = False
    for tag, given in _elements(book, names, part, where):
        if tag == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside = tag == "cellXfs"
        elif tag == "xf" and inside:
            number = given.get("numFmtId", "0")
            code = own.get(number) or BUILT_IN.get(number, "")
            codes.append("" if code.lower() == "general" else code)
    return codes


def _elements(
    book: zipfile.ZipFile, names: dict[str, str], part: str, where: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small part in document order, without prefixes; nothing where the part is missing."""
    if part not in names:
        return
    found: list[tuple[str, dict[str, str]]] = []
    parser = xmlwalk.parser(lambda name, given: found.append((name.rpartition(":")[2], given)))
    with book.open(names[part]) as stream:
        xmlwalk.streamed(parser, stream, f"{where}, part {part}")
    yield from found
