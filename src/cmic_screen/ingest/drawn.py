"""What lies over the cells of an xlsx sheet: texts of comments and text boxes, how many pictures and embedded files; it
reads no picture, opens no embedded file, and follows relations inside the package only (ECMA-376 part 1 §18.7, §20.5).

A holding in a comment, on a picture or in a workbook within the workbook is in no cell (architecture §1.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import InputError
from cmic_screen.ingest import bookparts, xmlwalk

if TYPE_CHECKING:
    import zipfile

_ROW: Final = re.compile(r"\$?[A-Z]{1,3}\$?([0-9]{1,7})", re.IGNORECASE)
_COMMENTS: Final = ("/comments", "/threadedComment")
_EMBEDDED: Final = ("/oleObject", "/package")
_LINE_ENDS: Final = frozenset({"p", "comment", "threadedComment"})


def of_sheet(book: zipfile.ZipFile, names: dict[str, str], part: str, where: str) -> dict[str, Any]:
    """`notes`: (row, line of text) of comments and text boxes; `pictures` and `embedded`: how many. Nothing over the
    cells: no lines, and 0. A drawing that cannot be read counts as a picture: the cells beneath it are sound.
    """
    unreadable = set[str]()

    def related(of: str, *kinds: str) -> list[str]:
        try:
            found = [p for kind in kinds for p in bookparts.targets(book, names, of, where, kind).values()]
        except InputError:
            unreadable.add(of)
            return []
        return [p for p in dict.fromkeys(found) if p in names]

    drawings = related(part, "/drawing")
    pictures = sum(len(related(drawing, "/image")) for drawing in drawings)
    lines = _Lines()
    for drawing in (*related(part, *_COMMENTS), *drawings):
        parser = xmlwalk.parser(lines.start, lines.end)
        parser.CharacterDataHandler = lines.text.append
        try:
            with book.open(names[drawing]) as stream:
                xmlwalk.streamed(parser, stream, f"{where}, part {drawing}")
        except InputError:
            unreadable.add(drawing)
    embedded = len(related(part, *_EMBEDDED))
    return {"notes": lines.told, "pictures": pictures + len(unreadable), "embedded": embedded}


class _Lines:
    """Gathers lines of text with the row they are anchored in, while expat walks through comments or a drawing."""

    def __init__(self) -> None:
        self.told: list[tuple[int, str]] = []
        self.text: list[str] = []
        self._line: list[str] = []
        self._row = 1
        self._anchor = False

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element starts: `ref` says where a comment stands."""
        tag = name.rpartition(":")[2]
        self.text.clear()
        if place := _ROW.fullmatch(given.get("ref", "")):
            self._row = int(place[1])
        self._anchor = self._anchor or tag == "from"

    def end(self, name: str) -> None:
        """An element ends: a run of text, a paragraph, a comment, or the row (from 0) where a drawing begins."""
        tag, said = name.rpartition(":")[2], "".join(self.text)
        self.text.clear()
        if tag in {"t", "text"}:
            self._line.append(said)
        elif tag == "row" and self._anchor and said.strip().isdigit():
            self._row = int(said) + 1
        elif tag == "from":
            self._anchor = False
        if tag in _LINE_ENDS:
            lines = map(str.strip, "".join(self._line).splitlines())
            self.told += [(self._row, line) for line in lines if line]
            self._line.clear()
