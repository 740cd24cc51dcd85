"""Walking through XML with expat, for every reader of this room: document types are refused, so no entity is expanded
and nothing outside is fetched (XML 1.0 §4; pains C).
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final
from xml.parsers import expat

from cmic_screen.ingest import encodings, limits

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK: Final = 1 << 17
_DECLARED: Final = re.compile(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_NATIVE: Final = frozenset({"utf-8", "utf-16", "iso8859-1", "ascii"})
"""Encodings that expat reads by itself; any other is decoded for it."""


class DocumentTypeError(ValueError):
    """A document declares its type: no spreadsheet and no filing does; it is how entity bombs are made."""


def parser(start: Callable[..., object], end: Callable[..., object] | None = None, *, namespaces: bool = False) -> Any:
    """An expat parser with these handlers, that refuses document types."""
    made: Any = expat.ParserCreate(namespace_separator=" ") if namespaces else expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise DocumentTypeError


def whole(made: Any, data: bytes, where: str, *, line: int = 0) -> None:
    """Walk through a document in memory, `line` lines into its file. InputError where it is malformed."""
    declared = _DECLARED.match(data[:400])
    document: bytes | str = data
    if declared and not _native(declared.group(1)):
        document = encodings.decode(data, where, encoding=_usable(declared.group(1)))[0]
    _guarded(lambda: made.Parse(document, True), where, line)


def streamed(made: Any, stream: IO[bytes], where: str) -> None:
    """Walk through a document as it is read. InputError where it is malformed."""

    def walk() -> None:
        while chunk := stream.read(_CHUNK):
            made.Parse(chunk, False)
        made.Parse(b"", True)

    _guarded(walk, where, 0)


def _guarded(walk: Callable[[], object], where: str, line: int) -> None:
    try:
        walk()
    except expat.ExpatError as error:
        raise limits.damaged(f"line {line + error.lineno}: {expat.errors.messages[error.code]}", where) from error
    except DocumentTypeError as error:
        raise limits.damaged("it declares a document type, which no such file does", where) from error
    except (LookupError, ValueError) as error:  # an encoding that expat asks Python for
        raise limits.damaged(f"its encoding is not known: {error}", where) from error


def _native(name: bytes) -> bool:
    return _usable(name) in _NATIVE


def _usable(name: bytes) -> str | None:
    """The name by which Python knows an encoding, None where it knows none."""
    return encodings.text_codec(name.decode("ascii")) or None
