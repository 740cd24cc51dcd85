"""The ledger: an append-only SQLite table in which every entry holds the digest of the one before; it judges nothing.

Kept ten years (31 CFR 501.601): nothing here deletes. Who did something is what the person typed, beside the account
of the operating system: identity not authenticated. Times are ISO 8601 UTC text given by the caller.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sqlite3
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from cmic_screen.digests import canonical, digest
from cmic_screen.errors import HistoryError
from cmic_screen.history import place, schema
from cmic_screen.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

FILE: Final = "ledger.sqlite3"
_SELECT: Final = "SELECT seq, kind, at, by, os_account, host, body, prev, digest FROM entry"
WAIT_SECONDS: Final = 30.0
"""How long one process waits for another's writing before it gives up with a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who acts: the name as typed (not authenticated), the account of the operating system, and the machine."""

    by: str
    os_account: str
    host: str


def who(by: str = "") -> Who:
    """The acting person: `by` as typed, with this process's account and machine. `by` empty: the program itself."""
    return Who(by=" ".join(by.split()), os_account=os_account(), host=socket.gethostname())


def os_account() -> str:
    """The account this process runs under, as the system says: a variable like LOGNAME could be set by anyone."""
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container's user without a name
        return f"uid {os.getuid()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger. `body` is JSON; `digest` covers everything else, the previous digest included."""

    seq: int
    kind: str
    at: str
    who: Who
    body: Mapping[str, Any]
    prev: str
    digest: str

    def computed(self) -> str:
        """The digest that this entry's content gives; differs from `digest` where somebody changed it."""
        return digest(
            {
                "seq": self.seq,
                "kind": self.kind,
                "at": self.at,
                "by": self.who.by,
                "os_account": self.who.os_account,
                "host": self.who.host,
                "body": self.body,
                "prev": self.prev,
            }
        )


class Ledger:
    """An open ledger. Use as a context manager; `Ledger.open()` creates it where there is none yet."""

    def __init__(self, connection: sqlite3.Connection, home: Path, *, writable: bool) -> None:
        self.connection, self.home, self.writable = connection, home, writable

    @classmethod
    def open(cls, home: Path | None = None, *, write: bool = True, allow_network: bool | None = None) -> Self:
        """Open the ledger in `home` (None: as the settings say), creating or migrating it where `write`.

        HistoryError: on a network file system (unless allowed), written by a newer release, unreadable, no ledger
        there though only reading was asked.
        """
        if home is None or allow_network is None:
            settings = load_settings()
            home = settings.home if home is None else home
            allow_network = settings.flag("allow_network_home") if allow_network is None else allow_network
        if not allow_network:
            place.refuse_network(home)
        path = home / FILE
        if not write and not path.is_file():
            raise HistoryError("there is no ledger yet.", where=str(path), do="The first screening starts one.")
        with _plainly(path):
            if write:
                place.make_private(home)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = _connect(path, write=write)
            try:
                found = schema.version(connection)
                schema.refuse_newer(found, str(path))
                if found < schema.VERSION:  # reading needs the tables of this version too
                    with closing(_connect(path, write=True)) as writer:
                        schema.migrate(writer)
            except BaseException:
                connection.close()
                raise
        return cls(connection, home, writable=write)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self.connection.close()
        if isinstance(error, sqlite3.Error):  # a table that somebody dropped, say: no fault of the program's
            with _plainly(self.home / FILE):
                raise error

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """One transaction that holds the ledger alone: all of it happens, or none. Nested use joins the outer one."""
        if self.connection.in_transaction:
            yield self
            return
        with _plainly(self.home / FILE):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def append(
        self, kind: str, body: Mapping[str, Any], *, actor: Who, at: str, index: Callable[[int], None] | None = None
    ) -> Entry:
        """Add an entry and return it. `index(seq)` adds the rows that point to it, in the same transaction."""
        with self.writing():
            last = self.connection.execute("SELECT seq, digest FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
            seq, prev = (int(last[0]) + 1, str(last[1])) if last else (1, schema.GENESIS)
            draft = Entry(
                seq=seq, kind=kind, at=at, who=actor, body=json.loads(canonical(body)), prev=prev, digest=""
            )  # fmt: skip
            entry = Entry(
                seq=seq, kind=kind, at=at, who=actor, body=draft.body, prev=prev, digest=draft.computed()
            )  # fmt: skip
            self.connection.execute(
                "INSERT INTO entry (seq, kind, at, by, os_account, host, body, prev, digest)"
                " VALUES (?,?,?,?,?,?,?,?,?)",
                (seq, kind, at, actor.by, actor.os_account, actor.host, canonical(body), prev, entry.digest),
            )
            if index is not None:
                index(seq)
        return entry

    def entries(self, kind: str = "") -> tuple[Entry, ...]:
        """All entries in order, or those of one kind. HistoryError where one is not as it was written: nothing is built
        on it.
        """
        found = self.as_found(kind)
        changed = next((e for e in found if e.computed() != e.digest), None)
        if changed is not None:
            raise HistoryError(
                f"entry {changed.seq} was changed.", where=str(self.home / FILE),
                why="Nothing that rests on it can be relied on.", do="Run `cmic-screen history verify`.",
            )  # fmt: skip
        return found

    def as_found(self, kind: str = "") -> tuple[Entry, ...]:
        """The same unchecked, for `verify`: what it finds it names."""
        with _plainly(self.home / FILE):
            rows = self.connection.execute(f"{_SELECT} WHERE ? IN ('', kind) ORDER BY seq", (kind,)).fetchall()
        return tuple(_entry(row) for row in rows)

    def entry(self, seq: int) -> Entry:
        """The entry with that number; KeyError where there is none."""
        row = self.connection.execute(f"{_SELECT} WHERE seq = ?", (seq,)).fetchone()
        if row is None:
            raise KeyError(seq)
        return _entry(row)

    def head(self) -> str:
        """The digest of the last entry, which stands for the whole ledger; 64 zeros where it is empty."""
        row = self.connection.execute("SELECT digest FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        return str(row[0]) if row else schema.GENESIS


def _body(text: str) -> dict[str, Any]:
    """An entry's body; text that is no JSON object any more stands as it is, and its digest will tell."""
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    return body if isinstance(body, dict) else {"unreadable": text}


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(
        seq=int(row[0]), kind=row[1], at=row[2], who=Who(by=row[3], os_account=row[4], host=row[5]),
        body=_body(row[6]), prev=row[7], digest=row[8],
    )  # fmt: skip


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    # A reader too must be able to roll back what a killed writer left half done, so it opens for writing where it may.
    mode = "rw" if write or os.access(path, os.W_OK) else "ro"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=WAIT_SECONDS, isolation_level=None
    )
    if not write:
        connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # REPLACE then fires the triggers that forbid deleting
    connection.execute("PRAGMA synchronous = EXTRA")  # the entry is on disk when append returns
    return connection


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """SQLite's and the disk's failures as HistoryError with what to do; nothing is swallowed."""
    try:
        yield
    except sqlite3.OperationalError as error:
        text = str(error)
        hints = {
            "locked": "Another run is writing; try again when it is done.",
            "full": "Make room on the disk; nothing was entered.",
            "readonly": "The folder or the file may not be written to; nothing was entered.",
            "unable to open": "Check that the folder exists and may be read and written.",
        }
        do = next((hint for word, hint in hints.items() if word in text), "Nothing was entered.")
        raise HistoryError(f"the ledger cannot be used: {text}.", where=str(path), do=do) from error
    except sqlite3.DatabaseError as error:
        raise HistoryError(
            f"the ledger refused or is damaged: {error}.", where=str(path), do="Run `history verify`."
        ) from error
    except OSError as error:
        raise HistoryError(
            f"the history folder cannot be used: {error.strerror or error}.", where=str(path),
            do="Check room and rights; nothing was entered.",
        ) from error  # fmt: skip
