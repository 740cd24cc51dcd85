"""`history replay`: a kept run computed again from its own material must give its record byte for byte.

Where it does not, the first difference is named, with what is known of why (another version of the program).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cmic_screen import __version__
from cmic_screen.history import material

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def difference(folder: Path) -> str:
    """The first difference between a run's record and the one computed anew, in words; "" where the bytes are equal.

    HistoryError where the material is not there; InputError or ListError where it can no longer be read.
    """
    kept = (folder / material.RECORD).read_bytes()
    again = material.replayed(folder).encode("utf-8")
    if kept == again:
        return ""
    where = next(_differences(json.loads(kept), json.loads(again), ""), "the same values, written differently")
    then = material.Material(folder).request["tool_version"]
    version = f" The run was made by version {then}, this is {__version__}." if then != __version__ else ""
    return f"{where}.{version}"


def _differences(kept: Any, again: Any, at: str) -> Iterator[str]:
    """Every place where two JSON values differ, in order of the keys; findings are named by reference or source."""
    if isinstance(kept, dict) and isinstance(again, dict):
        for key in sorted({*kept, *again}):
            where = f"{at}.{key}" if at else key
            if key not in kept or key not in again:
                yield f"{where} is {'new' if key not in kept else 'gone'}"
            else:
                yield from _differences(kept[key], again[key], where)
    elif isinstance(kept, list) and isinstance(again, list):
        if len(kept) != len(again):
            yield f"{at} had {len(kept)} entries, has {len(again)}"
        for i, (one, other) in enumerate(zip(kept, again, strict=False)):
            yield from _differences(one, other, f"{at}[{_name(one, i)}]")
    elif kept != again:
        yield f"{at} was {json.dumps(kept, ensure_ascii=False)}, is {json.dumps(again, ensure_ascii=False)}"


def _name(value: Any, index: int) -> str:
    if isinstance(value, dict) and isinstance(value.get("source"), dict):
        source = value["source"]
        return value.get("ref") or f"{source['file']}!{source['sheet']}!{source['row']}"
    return str(index)
