"""The ledger's tables, their append-only triggers and the forward migrations; it opens nothing and never goes back.

`PRAGMA user_version` names the version. A step is only ever added at the end; 31 CFR 501.601 asks for ten years, so a
ledger of the first release must open in the last one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.errors import HistoryError

if TYPE_CHECKING:
    import sqlite3

GENESIS: Final = "0" * 64
"""What the first entry names as the digest before it."""


def _append_only(table: str) -> tuple[str, ...]:
    """Triggers by which SQLite itself refuses to change or delete a row of `table`."""
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


_ENTRIES_AND_RUNS: Final = (
    """CREATE TABLE entry (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind <> ''),
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        os_account TEXT NOT NULL,
        host TEXT NOT NULL,
        body TEXT NOT NULL,
        prev TEXT NOT NULL CHECK (length(prev) = 64),
        digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64))""",
    *_append_only("entry"),
    # INSERT OR REPLACE would delete without firing the DELETE trigger, so a taken number is refused before.
    """CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
        WHEN NEW.prev <> coalesce((SELECT digest FROM entry ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
          OR EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq)
        BEGIN SELECT RAISE(ABORT, 'entry does not follow the last one'); END""",
    """CREATE TABLE run (
        run_id TEXT PRIMARY KEY,
        seq INTEGER NOT NULL UNIQUE REFERENCES entry (seq),
        job TEXT NOT NULL,
        period TEXT NOT NULL)""",
    *_append_only("run"),
)
_DECISIONS: Final = (
    """CREATE TABLE decision (
        id TEXT PRIMARY KEY,
        seq INTEGER NOT NULL UNIQUE REFERENCES entry (seq),
        fingerprint TEXT NOT NULL,
        uid TEXT NOT NULL)""",
    *_append_only("decision"),
    """CREATE TABLE mark (
        seq INTEGER PRIMARY KEY REFERENCES entry (seq),
        decision_id TEXT NOT NULL REFERENCES decision (id),
        kind TEXT NOT NULL,
        UNIQUE (decision_id, kind))""",
    *_append_only("mark"),
)
_ACCEPTANCE: Final = (
    """CREATE TABLE acceptance (
        run_id TEXT PRIMARY KEY REFERENCES run (run_id),
        seq INTEGER NOT NULL UNIQUE REFERENCES entry (seq),
        job TEXT NOT NULL,
        period TEXT NOT NULL)""",
    *_append_only("acceptance"),
    # One accepted run a period of a job; runs outside any job have neither.
    "CREATE UNIQUE INDEX one_accepted ON acceptance (job, period) WHERE period <> ''",
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_ENTRIES_AND_RUNS, _DECISIONS, _ACCEPTANCE)
"""Step n takes a ledger from version n to n + 1."""

VERSION: Final = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """The schema version of an open ledger; 0 where it is empty."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(found: int, where: str) -> None:
    """HistoryError where a ledger was written by a later release: reading half of it would be silence."""
    if found > VERSION:
        raise HistoryError(
            f"the ledger has schema version {found}; this release knows {VERSION}",
            where=where,
            why="A later release wrote it.",
            do="Use that release or a newer one.",
        )


def migrate(connection: sqlite3.Connection, to: int = VERSION) -> None:
    """Bring a ledger to version `to`, one transaction a step, so that a crash leaves a whole earlier version."""
    for step in range(version(connection), to):
        connection.execute("BEGIN IMMEDIATE")
        if version(connection) != step:  # another process was faster
            connection.execute("ROLLBACK")
            continue
        for statement in MIGRATIONS[step]:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {step + 1:d}")
        connection.execute("COMMIT")


def expected_objects() -> dict[str, str]:
    """Name and SQL of every table, index and trigger that a whole ledger has, for `verify`."""
    import sqlite3

    with sqlite3.connect(":memory:", isolation_level=None) as scratch:
        migrate(scratch)
        found = objects(scratch)
    scratch.close()
    return found


def objects(connection: sqlite3.Connection) -> dict[str, str]:
    """Name and SQL of every table, index and trigger in an open ledger, SQLite's own left out."""
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {str(name): str(sql) for name, sql in rows}
