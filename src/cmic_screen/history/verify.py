"""`history verify`: whether chain, tables and run folders are as they were written, naming what is not.

A chain rebuilt from its first entry on is whole in itself: only a head digest kept elsewhere (printed in earlier
reports) finds it, and the answer says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cmic_screen.errors import UsageError
from cmic_screen.history import decisions, runs, schema, store

if TYPE_CHECKING:
    from cmic_screen.history.ledger import Entry, Ledger


def faults(ledger: Ledger, expect_head: str = "") -> tuple[str, ...]:
    """Everything that is not as it was written, one sentence each; () where nothing was found."""
    entries = ledger.as_found()
    return (
        *chain(ledger),
        *_folders(ledger, entries),
        *(_expected(entries, expect_head) if expect_head else ()),
    )


def chain(ledger: Ledger) -> tuple[str, ...]:
    """The same without the run folders: cheap enough before every run."""
    entries = ledger.as_found()
    return (*_damage(ledger), *_chain(entries), *_length(ledger, entries), *_tables(ledger, entries), *_objects(ledger))


def _damage(ledger: Ledger) -> list[str]:
    """SQLite's own check of the file, and of the references between tables."""
    found = [str(r[0]) for r in ledger.connection.execute("PRAGMA integrity_check")]
    wrong = [f"the database file is damaged: {text}" for text in found if text != "ok"]
    loose = ledger.connection.execute("PRAGMA foreign_key_check").fetchall()
    return wrong + [f"table {r[0]} row {r[1]} refers to an entry that is gone" for r in loose]


def _chain(entries: tuple[Entry, ...]) -> list[str]:
    wrong: list[str] = []
    prev, number = schema.GENESIS, 1
    for entry in entries:
        if entry.seq != number:
            gone = f"entry {number}" if entry.seq == number + 1 else f"entries {number} to {entry.seq - 1}"
            wrong.append(f"{gone} removed from the ledger")
        elif entry.prev != prev:
            wrong.append(f"entry {entry.seq} ({_name(entry)}) does not follow the entry before it")
        if entry.computed() != entry.digest:
            wrong.append(f"entry {entry.seq} ({_name(entry)}) was changed")
        prev, number = entry.digest, entry.seq + 1
    return wrong


def _length(ledger: Ledger, entries: tuple[Entry, ...]) -> list[str]:
    """SQLite remembers the highest number ever given: entries cut off at the end show."""
    row = ledger.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entry'").fetchone()
    given, last = int(row[0]) if row else 0, entries[-1].seq if entries else 0
    return [f"the ledger ends at entry {last}, but {given} were written"] if given != last else []


def _tables(ledger: Ledger, entries: tuple[Entry, ...]) -> list[str]:
    """The index tables must say what the chained entries say."""
    tables = {
        runs.RUN: ("run", "SELECT seq, run_id FROM run"),
        runs.ACCEPT: ("acceptance", "SELECT seq, run_id FROM acceptance"),
        decisions.DECISION: ("decision", "SELECT seq, id FROM decision"),
        decisions.SIGN: ("mark", "SELECT seq, decision_id FROM mark WHERE kind = 'sign'"),
        decisions.REVOKE: ("mark", "SELECT seq, decision_id FROM mark WHERE kind = 'revoke'"),
    }
    there = schema.objects(ledger.connection)  # one that is gone is named as such, and cannot be asked
    sql = {kind: query for kind, (table, query) in tables.items() if table in there}
    said = {(e.kind, e.seq, _key(e)) for e in entries if e.kind in sql}
    have = {(kind, int(r[0]), str(r[1])) for kind, query in sql.items() for r in ledger.connection.execute(query)}
    wrong = [f"{kind} {key} (entry {seq}) is missing from its table" for kind, seq, key in sorted(said - have)]
    return wrong + [f"{kind} {key} stands in its table without entry {seq}" for kind, seq, key in sorted(have - said)]


def _objects(ledger: Ledger) -> list[str]:
    expected, have = schema.expected_objects(), schema.objects(ledger.connection)
    return [
        f"the ledger's {name} is {'changed' if name in have else 'gone'}: it may have been edited"
        for name, sql in expected.items()
        if have.get(name) != sql
    ]


def _folders(ledger: Ledger, entries: tuple[Entry, ...]) -> list[str]:
    wrong: list[str] = []
    known: set[str] = set()
    for entry in entries:
        if entry.kind == runs.RUN and (run_id := _key(entry)):
            known.add(run_id)
            found = store.faults(ledger.home / store.RUNS / run_id, str(entry.body.get("manifest")))
            wrong += [f"run {run_id}: {text}" for text in found]
    parent = ledger.home / store.RUNS
    there = {p.name for p in parent.iterdir()} if parent.is_dir() else set()
    return wrong + [f"run {name} has a folder but no entry: its entry was removed, or it was interrupted"
                    for name in sorted(there - known)]  # fmt: skip


def _expected(entries: tuple[Entry, ...], head: str) -> list[str]:
    """Whether a head digest that was kept elsewhere is still in the chain. A beginning of 12 digits is enough."""
    if not re.fullmatch(r"[0-9a-f]{12,64}", head):
        raise UsageError(f"{head!r} is not a head digest.", do="Give at least 12 of its hexadecimal digits.")
    if any(e.digest.startswith(head) for e in entries) or schema.GENESIS.startswith(head):
        return []
    return [f"head {head} is not in this ledger: it was rebuilt, cut short, or is another one"]


def _name(entry: Entry) -> str:
    key = _key(entry)
    return f"{entry.kind} {key}" if key else entry.kind


def _key(entry: Entry) -> str:
    return str(entry.body.get("id") or entry.body.get("run_id") or "")
