"""Memory given back to the system after a run, where the C library keeps it for itself; it changes no answer.

A run's tables are freed when it ends, but glibc keeps the pages for the next one, in an arena for each thread; a page
that stays open all day should not hold what its largest book needed (mallopt(3), malloc_trim(3)). Elsewhere nothing is
done: other libraries give back by themselves.
"""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache
from typing import Final

_M_ARENA_MAX: Final = -8
ARENAS: Final = 2
"""Heaps for all threads together: as many as runs work at once."""


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    """The C library, where it is glibc."""
    if not sys.platform.startswith("linux"):
        return None
    found = ctypes.CDLL(None)
    return found if hasattr(found, "malloc_trim") and hasattr(found, "mallopt") else None


def settle() -> None:
    """Keep the number of heaps small; to be called before threads are started."""
    if (library := _library()) is not None:
        library.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Return freed pages to the system."""
    if (library := _library()) is not None:
        library.malloc_trim(0)
