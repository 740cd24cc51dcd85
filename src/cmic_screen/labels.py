"""What a file is called in records, reports, logs and run folders: its name on one line, in text that can be written.

A name on disk may hold line ends, marks that turn the direction of writing, and bytes that are no text (POSIX allows
all but `/` and NUL); such a name must neither stop a run nor put a line of its own into a log. Other names stay as they
are. What cannot stand is written as its bytes in hexadecimal behind a percent sign (RFC 3986 2.1).
"""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

_CLUTTER = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_ODD = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def label(name: str) -> str:
    """`name`, control and format characters, lone surrogates and backslashes written as `%0A`; "" stays ""."""
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    return "".join(_escaped(c) if c == "\\" or unicodedata.category(c) in _ODD else c for c in name)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))


def clutter(name: str) -> bool:
    """Whether a path in a folder or archive is a hidden file, Excel's lock (`~$`), or left by Windows or macOS."""
    parts = PurePosixPath(name).parts
    last = parts[-1].lower() if parts else ""
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return hidden or last in _CLUTTER or last.startswith("~$") or "__MACOSX" in parts
