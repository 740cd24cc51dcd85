"""The ledger: chained, append-only, private, migrated from every earlier version."""

from __future__ import annotations

import sqlite3
import stat
import sys

import pytest

from cmic_screen.errors import HistoryError
from cmic_screen.history import place, schema
from cmic_screen.history.ledger import FILE, Ledger, Who

ANA = Who(by="Ana", os_account="ana", host="desk")
AT = "2026-11-22T12:00:00Z"


def test_each_entry_holds_the_digest_of_the_one_before(ledger):
    assert ledger.head() == schema.GENESIS
    first = ledger.append("note", {"b": 1, "a": "中"}, actor=ANA, at=AT)
    second = ledger.append("note", {"n": 2}, actor=ANA, at=AT)
    assert (first.prev, second.prev, ledger.head()) == (schema.GENESIS, first.digest, second.digest)
    assert [e.computed() for e in ledger.entries()] == [first.digest, second.digest]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET body = '{}'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT seq, kind, at, 'Eve', os_account, host, body, prev, digest FROM entry",
        "INSERT INTO entry VALUES (9, 'note', '', '', '', '', '{}', printf('%064d', 7), printf('%064d', 8))",
        "INSERT INTO run VALUES ('R', 99, '', '')",
    ],
)
def test_sqlite_itself_refuses_to_change_or_delete(ledger, sql):
    ledger.append("note", {}, actor=ANA, at=AT)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.connection.execute(sql)
    assert [e.who.by for e in ledger.entries()] == ["Ana"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_file_and_folder_are_the_owners_alone(ledger, home):
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize("version", range(schema.VERSION))
def test_a_ledger_of_every_earlier_version_opens_with_its_entries(home, version, write):
    raw = sqlite3.connect(home / FILE, isolation_level=None)
    schema.migrate(raw, version)
    with Ledger(raw, home, writable=True) as old:
        if version:
            old.append("note", {"kept": "yes"}, actor=ANA, at=AT)
    with Ledger.open(home, write=write) as now:
        assert schema.version(now.connection) == schema.VERSION
        assert [e.body for e in now.entries()] == ([{"kept": "yes"}] if version else [])
        assert schema.objects(now.connection) == schema.expected_objects()


def test_a_newer_ledger_is_refused_and_left_alone(home):
    raw = sqlite3.connect(home / FILE)
    raw.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    raw.close()
    with pytest.raises(HistoryError, match="this release knows"):
        Ledger.open(home)


def test_not_a_ledger(home):
    (home / FILE).write_bytes(b"holdings, not a database" * 100)
    with pytest.raises(HistoryError, match="damaged"):
        Ledger.open(home)


def test_reading_where_there_is_none_says_so_and_creates_nothing(home):
    with pytest.raises(HistoryError, match="no ledger yet"):
        Ledger.open(home, write=False)
    assert not (home / FILE).exists()


MOUNTS = ["/dev/a / ext4 rw 0 0", "srv:/x /mnt/net nfs4 rw 0 0", "d /mnt/net/local ext4 rw 0 0",
          "s /mnt/with\\040space cifs rw 0 0", "t /var/t tmpfs rw 0 0", "n /var/t nfs rw 0 0", "broken"]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ana", "ext4"), ("/mnt/net/home", "nfs4"), ("/mnt/network", "ext4"), ("/mnt/net", "nfs4"),
        ("/mnt/net/local/x", "ext4"), ("/mnt/with space/x", "cifs"), ("/var/t/x", "nfs"),
    ],
)  # fmt: skip
def test_the_deepest_mount_names_the_file_system(path, kind):
    from pathlib import PurePosixPath

    assert place.file_system(PurePosixPath(path), MOUNTS) == kind


def test_a_network_file_system_is_refused_unless_told_otherwise(home, monkeypatch):
    monkeypatch.setattr(place, "network_kind", lambda _: "nfs4")
    with pytest.raises(HistoryError, match="network file system"):
        Ledger.open(home)
    assert not (home / FILE).exists()
    monkeypatch.setenv("CMIC_ALLOW_NETWORK_HOME", "1")
    with Ledger.open(home) as opened:
        assert opened.head() == schema.GENESIS
