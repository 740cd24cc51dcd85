"""A kept run as one zip that an auditor can check without this program, and back again; it changes no byte of the run.

`sha256sum -c MANIFEST.sha256` checks every file; `LEDGER.jsonl` is the chain up to now, whose digests anyone can redo.
Entries are stored in order of name with a fixed time: the same run and ledger give the same bytes.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cmic_screen.digests import ZIP_TIME, canonical, file_digest
from cmic_screen.errors import HistoryError, words_of
from cmic_screen.history import place, runs, store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmic_screen.history.ledger import Ledger
    from cmic_screen.history.runs import Run

LEDGER: Final = "LEDGER.jsonl"
README: Final = "README.txt"
_LARGEST: Final = 8 << 30
"""Bytes an archive may unpack to."""

_WORDS: Final = """This is run {run_id} of cmic-screen {version}: holdings judged as of {as_of} against OFAC's
NS-CMIC List published {published}. Everything it was made of is in the folder {run_id}/.

To check that no file was changed:      cd {run_id} && sha256sum -c {manifest}
The manifest's own SHA-256 must be:     {sealed}
It stands in {ledger}, entry {seq}, as `manifest`. Each line of {ledger} is one entry of the ledger; its
`digest` is the SHA-256 of the line's other fields as JSON with sorted keys and no spaces (UTF-8), and its `prev` is
the digest of the line before. The last digest is the ledger's head:
  {head}
Compare it with the head that was noted elsewhere, in a sign-off or a monthly message: a ledger that was rebuilt whole
is consistent in itself. Names of people are what they typed: identity not authenticated.

{run_id}/record.json      every row, its verdict and why      {run_id}/report.xlsx   the report
{run_id}/inputs/          the holdings as received            {run_id}/list.json     the list as used
{run_id}/law/             dates, words and rulings            {run_id}/master/       the securities master
To compute it again:      cmic-screen history replay THIS.zip
"""


def export(ledger: Ledger, run: Run, to: Path) -> str:
    """Write a run to a zip, whole or not at all; returns the zip's SHA-256. HistoryError: run changed, disk."""
    folder = runs.whole(ledger, run)
    beside = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        beside.unlink(missing_ok=True)
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with zipfile.ZipFile(beside, "w") as archive:
            _add(archive, README, _words(ledger, run).encode())
            _add(archive, LEDGER, _chain(ledger))
            for path in sorted(p for p in folder.rglob("*") if p.is_file()):
                _add(archive, f"{run.run_id}/{path.relative_to(folder).as_posix()}", path)
        place.flush_file(beside)
        beside.replace(to)
    except OSError as error:
        raise HistoryError(
            f"the archive could not be written: {error.strerror or error}.", where=str(to), do="Check room and rights."
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()
    return file_digest(to)


def _words(ledger: Ledger, run: Run) -> str:
    body = run.body
    return _WORDS.format(
        run_id=run.run_id, version=body["tool_version"], as_of=body["as_of"], published=body["list"]["published"],
        manifest=store.MANIFEST, sealed=run.sealed, ledger=LEDGER, seq=run.entry.seq, head=ledger.head(),
    )  # fmt: skip


def _chain(ledger: Ledger) -> bytes:
    lines = [
        canonical(
            {
                "seq": e.seq, "kind": e.kind, "at": e.at, "by": e.who.by, "os_account": e.who.os_account,
                "host": e.who.host, "body": e.body, "prev": e.prev, "digest": e.digest,
            }
        )
        for e in ledger.entries()
    ]  # fmt: skip
    return "".join(f"{line}\n" for line in lines).encode()


def _add(archive: zipfile.ZipFile, name: str, what: bytes | Path) -> None:
    info = zipfile.ZipInfo(name, ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    if isinstance(what, bytes):
        archive.writestr(info, what)
        return
    info.file_size = what.stat().st_size
    with archive.open(info, "w") as out, what.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            out.write(chunk)


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The run folder of an exported zip (unpacked while the context lasts) or of a folder, checked by its manifest.

    HistoryError where it is no archive of a run, or a file differs from the manifest.
    """
    if path.is_dir():
        _check(path)
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="cmic-") as scratch:
        try:
            with zipfile.ZipFile(path) as archive:
                folder = _unpack(archive, Path(scratch))
        except (OSError, zipfile.BadZipFile) as error:
            raise HistoryError(f"not an archive of a run: {words_of(error)}.", where=str(path)) from error
        _check(folder)
        yield folder


def _unpack(archive: zipfile.ZipFile, scratch: Path) -> Path:
    entries = [e for e in archive.infolist() if not e.is_dir()]
    if sum(e.file_size for e in entries) > _LARGEST:
        raise HistoryError("the archive unpacks to more than 8 GiB.", do="Unpack it yourself and name the folder.")
    names = {e.filename.split("/", 1)[0] for e in entries if "/" in e.filename}
    if len(names) != 1:
        raise HistoryError("the archive holds no run, or several.", do="Name one made by `history export`.")
    for entry in entries:
        archive.extract(entry, scratch)  # zipfile itself drops `..` and absolute parts
    return scratch / names.pop()


def _check(folder: Path) -> None:
    sealed = folder / store.MANIFEST
    if not sealed.is_file():
        raise HistoryError("not the folder of a run: no manifest.", where=str(folder))
    wrong = store.faults(folder, file_digest(sealed))
    if wrong:
        raise HistoryError(f"the run is not as it was sealed: {'; '.join(wrong)}.", where=folder.name)
