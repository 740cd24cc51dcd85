"""Canonical JSON and SHA-256 (FIPS 180-4), the forms in which things are compared and sealed; it knows no meaning.

Keys sorted, no white space, UTF-8: equal values, equal bytes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)

ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The date and time of every member of a zip we write (the earliest the format holds): equal content, equal bytes."""


def canonical(value: Any) -> str:
    """A JSON value as the one text that stands for it. NaN is refused with ValueError: it equals nothing."""
    return _ENCODER.encode(value)


def digest(value: Any) -> str:
    """SHA-256 of a JSON value's canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal; an empty file has one too. OSError where it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
