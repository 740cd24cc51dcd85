"""The list and the securities behind its names: publications in, ListSnapshot out; beside it the securities master.

Must never happen here: a publication read in part, a list replaced without being checked, a listed company dropped
because its record was odd. No verdict is decided here. Public names below; everything else is this room's own.
"""

from cmic_screen.reference.build import build_snapshot
from cmic_screen.reference.snapshot import digest_of, embedded_snapshot, read_snapshot, write_snapshot
from cmic_screen.reference.store import load_snapshot

__all__ = [
    "build_snapshot",
    "digest_of",
    "embedded_snapshot",
    "load_snapshot",
    "read_snapshot",
    "write_snapshot",
]
