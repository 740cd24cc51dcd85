"""Canonical JSON and its SHA-256, the one form in which history compares things; it reads no file and no clock.

Keys sorted, no white space, UTF-8: equal values, equal bytes (FIPS 180-4 for the digest).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """A JSON value as the one text that stands for it. NaN is refused with ValueError: it equals nothing."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of a JSON value's canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode("utf-8")).hexdigest()
