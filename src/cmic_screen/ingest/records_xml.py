"""Any XML document as tables: elements of one name that stand beside one another are the rows of a table, what each
states in attributes and single inner elements its columns; it knows no schema, resolves no entity and follows no link.

Portfolio systems and brokers (Interactive Brokers' Flex queries) export so; XML 1.0, document types are refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from cmic_screen.ingest import headings, limits, xmlwalk
from cmic_screen.ingest.grid import Cell, Grid

_ELEMENTS: Final = 3_000_000
_LEAST: Final = 2
"""What an element must state at least to be a row."""


@dataclass(slots=True)
class _Node:
    name: str
    line: int
    said: dict[str, str]
    inner: list[_Node] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Document:
    """The tables of a document, the names of elements that name no security and are no rows, and whether rows are
    numbered by entry because several stand on one line.
    """

    grids: list[Grid] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    ordinal: bool = False


def read(data: bytes, where: str) -> Document:
    """The tables of a document, none where no heading names what is held; rows are numbered by the line where their
    element starts. InputError where it is malformed, declares a document type or is too large.
    """
    tables: dict[str, list[_Node]] = {}
    _collect(_tree(data, where), tables)
    found = Document()
    for name, records in tables.items():
        header = list(dict.fromkeys(key for r in records for key in r.said))
        wraps = len(records) == 1 and _lists(records[0])
        if wraps or not headings.names_security(header):
            found.left.append(name)  # it stands around the rows, or says nothing of what is held
            continue
        rows: list[list[Cell]] = [list(header)]
        rows.extend([r.said.get(key, "") for key in header] for r in records)
        lines = [max(records[0].line - 1, 1), *(r.line for r in records)]
        if any(b <= a for a, b in pairwise(lines)):
            found.ordinal, lines = True, list(range(1, len(rows) + 1))
        found.grids.append(Grid(name=name, rows=rows, row_numbers=lines))
    return found


def _tree(data: bytes, where: str) -> _Node:
    """The elements of a document; a leaf without attributes becomes what its parent states."""
    root = _Node("", 0, {})
    path, count = [root], 0

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _ELEMENTS:
            raise limits.too_big(f"it holds more than {_ELEMENTS:,} elements.", where)
        own = {key.rpartition(":")[2]: text for key, text in given.items() if not key.startswith("xmlns")}
        path.append(_Node(name.rpartition(":")[2], parser.CurrentLineNumber, own))

    def end(_name: str) -> None:
        node = path.pop()
        text, parent = node.text.strip(), path[-1]
        if node.inner or len(node.said) >= _LEAST or (node.said and not text):
            parent.inner.append(node)
        elif text:
            kept = parent.said.get(node.name)
            parent.said[node.name] = f"{kept}; {text}" if kept else text
            for key, value in node.said.items():
                parent.said.setdefault(f"{node.name} {key}", value)

    parser = xmlwalk.parser(start, end)

    def characters(text: str) -> None:
        path[-1].text += text

    parser.CharacterDataHandler = characters
    xmlwalk.whole(parser, data, where)
    return root


def _collect(node: _Node, tables: dict[str, list[_Node]]) -> None:
    """Add every element that states something of its own, and what single inner elements state, to its table."""
    beside = Counter(child.name for child in node.inner)
    for child in node.inner:
        if beside[child.name] == 1 and len(node.said) >= _LEAST and not _lists(child):
            continue  # it says more of its parent
        _fold(child)
        if len(child.said) >= _LEAST:
            tables.setdefault(child.name, []).append(child)
        _collect(child, tables)


def _fold(node: _Node) -> None:
    """What single inner elements state becomes what the element states, under their name where the word is taken."""
    beside = Counter(child.name for child in node.inner)
    for child in node.inner:
        if beside[child.name] == 1 and not _lists(child) and not _named_for(node, child.name):
            _fold(child)
            for key, text in child.said.items():
                node.said.setdefault(key if key not in node.said else f"{child.name} {key}", text)


def _lists(node: _Node) -> bool:
    """Whether an element, or one within it, holds several of one name: rows of a table."""
    beside = Counter(child.name for child in node.inner)
    plural = any(_named_for(node, name) for name in beside)
    return plural or any(n > 1 for n in beside.values()) or any(map(_lists, node.inner))


def _named_for(node: _Node, item: str) -> bool:
    """Whether an element is called after what it lists (`Holdings` of one `Holding`)."""
    return node.name.casefold() in {f"{item}{end}".casefold() for end in ("s", "es", "list")}
