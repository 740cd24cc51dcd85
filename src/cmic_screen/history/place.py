"""Where history lives and how it is written: owner-only files, whole or not at all, never on a network file system.

SQLite's own documentation warns of broken locks on network file systems (pains F1); privacy is issue 8.8.
Folders are 0700, files 0600.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cmic_screen.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterable

NETWORK: Final = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "ncp", "ceph", "glusterfs", "lustre",
        "gpfs", "beegfs", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.davfs2", "fuse.rclone",
        "fuse.s3fs", "fuse.smbnetfs",
    }
)  # fmt: skip
"""File system types, as Linux names them, whose locks SQLite cannot trust."""

_CHUNK: Final = 1 << 20


def file_system(path: Path, mounts: Iterable[str]) -> str:
    """Type of the file system that holds `path` by lines of /proc/mounts; "" where none covers it."""
    best, kind = "", ""
    target = path.as_posix()
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):  # a later mount on the same point hides the earlier
            best, kind = point, fields[2]
    return kind


def network_kind(path: Path) -> str:
    """The network file system that `path` lies on, or "" where it is local or the system does not tell.

    Linux tells by /proc/mounts; on Windows a UNC path is one; macOS is not asked (docs/how-to/monthly.md says so).
    """
    if sys.platform == "win32":
        return "UNC path" if str(path.resolve()).startswith("\\\\") else ""
    table = Path("/proc/mounts")
    if not table.is_file():
        return ""
    kind = file_system(path.resolve(), table.read_text(encoding="utf-8", errors="replace").splitlines())
    return kind if kind in NETWORK else ""


def refuse_network(path: Path) -> None:
    """HistoryError where `path` lies on a network file system (interfaces §4)."""
    kind = network_kind(path)
    if kind:
        raise HistoryError(
            f"the history folder is on a network file system ({kind}).",
            where=str(path),
            why="Two programs could write there at once and neither would see it: the ledger could break.",
            do="Set CMIC_HOME to a local folder, or CMIC_ALLOW_NETWORK_HOME=1 if you answer for the locks.",
        )


def make_private(folder: Path) -> None:
    """Create a folder and its parents, the folder itself readable by its owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def write_new(path: Path, data: bytes) -> str:
    """Write a new file, owner-only and flushed to disk, and return its SHA-256. FileExistsError where it exists."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view[:_CHUNK]) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    return hashlib.sha256(data).hexdigest()


def copy_new(source: Path, target: Path) -> str:
    """Copy a file's bytes to a new one, owner-only and flushed, and return the SHA-256 of what was copied."""
    seen = hashlib.sha256()
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with source.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                seen.update(chunk)
                view = memoryview(chunk)
                while view:
                    view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    return seen.hexdigest()


def replace_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and rename it there: a reader sees the old one or the new one, never half."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    beside.unlink(missing_ok=True)
    try:
        write_new(beside, data)
        os.replace(beside, path)  # noqa: PTH105  # os.replace is what the fault injection counts
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Flush a folder's own entries to disk, so that a rename survives a power cut (POSIX only)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_file(path: Path) -> None:
    """Flush a file that somebody else wrote to disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
