"""The evidence pack: everything an auditor needs of one run in one zip, checkable without this program.

`sha256sum -c SHA256SUMS` checks every file. Entries are in order of name with a fixed time, so that the same run gives
the same bytes. With `inputs=False` the holdings stay at home and only their digests travel.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import drafts
from cmic_screen.digests import ZIP_TIME, file_digest
from cmic_screen.errors import ReportError, words_of
from cmic_screen.folders import inside
from cmic_screen.report import csvout, mail, workbook
from cmic_screen.report import record as recording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.run import ScreeningRun

MANIFEST: Final = "SHA256SUMS"
_README: Final = """Evidence pack of run {run_id}
made with cmic-screen {version}, judged as of {as_of}, list published {published}

{summary}
What is in here
  report.xlsx        the report; sheet Method says how to do findings and clears again by hand
  report.rows.csv    every row, where they do not fit the report's sheet (only then)
  record.json        the record: every row, its evidence, verdict and citation (schema.json describes it)
  findings.csv       the findings as a table; an apostrophe before = + - @ is not part of the text
  summary.txt        verdict and counts, no names
  list.json          the list as used; its source file had SHA-256 {list_sha256}
  programme/         the law as data: dates, words and citations, and the decision table
  inputs/            {inputs}
  schema.json        JSON Schema (draft 2020-12) of record.json
  SHA256SUMS         SHA-256 of every file above

To check that nothing was changed since packing, in the unpacked folder:
  sha256sum -c SHA256SUMS
That proves something only if this pack's own SHA-256, or the digests below, were kept elsewhere:
  content digest   {content_digest}
  workbook digest  {workbook_digest}
To check the report and screen again, with the program:
  cmic-screen verify report.xlsx --expect {content_digest} --holdings inputs/…
To have a row explained:
  cmic-screen explain record.json --row F-001
"""


def write_pack(
    run: ScreeningRun, path: Path, *, files: Sequence[Path] = (), inputs: bool = True, client: str = ""
) -> str:
    """Write the evidence pack of a run to `path`, whole or not at all; returns the zip's SHA-256.

    `files` are the holdings as given, packed unless `inputs` is false; a file whose digest is not the one that was read
    is refused with ReportError, for it is not what was screened. The record in the pack has every row.
    """
    path = Path(path)
    try:
        with drafts.beside(path) as folder:
            made = folder / "pack"
            made.mkdir()
            _fill(run, made, files if inputs else (), client)
            draft = folder / path.name
            _zip(made, draft)
            digest = file_digest(draft)
            drafts.hand_out(draft, path)
    except OSError as error:
        raise _unwritten(error, path) from error
    except ReportError as error:
        if isinstance(error.__cause__, OSError):  # of a part, told by its place among the drafts
            raise _unwritten(error.__cause__, path) from error
        raise
    return digest


def _unwritten(error: OSError, path: Path) -> ReportError:
    return ReportError(
        f"the evidence pack could not be written ({words_of(error)})", where=str(path),
        why="Nothing was written there.", do="Choose a folder that exists and may be written to with --pack.",
    )  # fmt: skip


def _fill(run: ScreeningRun, folder: Path, files: Sequence[Path], client: str) -> None:
    from cmic_screen.reference import snapshot

    record = recording.write_record(run, folder / "record.json", all_rows=True)
    written = workbook.write_report(run, folder / "report.xlsx", record=record, client=client)
    csvout.write_findings(record["findings"], folder / "findings.csv")
    summary = mail.summary_text(record, workbook_digest=written.workbook_digest, client=client)
    (folder / "summary.txt").write_text(summary, "utf-8", newline="\n")
    (folder / "list.json").write_text(snapshot.dumps(snapshot.sealed(run.snapshot)), "utf-8", newline="\n")
    _copy_law(folder)
    _copy_inputs(record, folder, files)
    _write_readme(record, folder, summary, written.workbook_digest, packed=bool(files))
    lines = [
        f"{file_digest(p)}  {p.relative_to(folder).as_posix()}\n" for p in sorted(folder.rglob("*")) if p.is_file()
    ]
    (folder / MANIFEST).write_text("".join(lines), "utf-8", newline="\n")


def _copy_law(folder: Path) -> None:
    package = resources.files("cmic_screen")
    (folder / "schema.json").write_bytes((package / "report" / "schema.json").read_bytes())
    (folder / "programme").mkdir()
    for name in ("programme.toml", "decision_table.csv"):
        (folder / "programme" / name).write_bytes((package / name).read_bytes())


def _copy_inputs(record: Mapping[str, Any], folder: Path, files: Sequence[Path]) -> None:
    """The holdings as read, or a list of their digests."""
    (folder / "inputs").mkdir()
    digests = [{k: i[k] for k in ("file", "sha256", "bytes")} for i in record["inputs"]]
    (folder / "inputs" / "digests.json").write_text(
        json.dumps(digests, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n"
    )
    names: dict[str, list[str]] = {}
    for entry in record["inputs"]:
        names.setdefault(entry["sha256"], []).append(entry["file"])
    packed = {digest: list(called) for digest, called in names.items()}
    for given in files:
        for file in inside(given) if given.is_dir() else [given]:
            if not file.is_file():
                continue
            data = file.read_bytes()
            digest = hashlib.sha256(data).hexdigest()
            if digest in names:
                if packed[digest]:
                    _put(folder / "inputs" / packed[digest].pop(0), data)
            elif _unpacked(file.name, record):
                _put(folder / "inputs" / file.name, data)
            elif not given.is_dir():  # what a folder holds beside what was read from it stays out
                raise ReportError(
                    "the file is not the one that was screened: its digest differs.", where=file.name,
                    why="An evidence pack must hold what was read.", do="Screen again, or pack with digests only.",
                )  # fmt: skip


def _unpacked(name: str, record: Mapping[str, Any]) -> bool:
    """Whether holdings were read out of a file of this name: a zip, or a gzip file."""
    said = [str(i["file"]) for i in record["inputs"]]
    return any(file.startswith(f"{name}/") or f"{file}.gz" == name for file in said)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _write_readme(record: Mapping[str, Any], folder: Path, summary: str, digest: str, *, packed: bool) -> None:
    text = _README.format(
        run_id=record["run_id"], version=record["tool"]["version"], as_of=record["as_of"],
        published=record["list"]["published"], list_sha256=record["list"]["sha256"], summary=summary,
        inputs="the holdings as given, and their digests" if packed else "digests of the holdings only, as asked",
        content_digest=record["content_digest"], workbook_digest=digest,
    )  # fmt: skip
    (folder / "README.txt").write_text(text, "utf-8", newline="\n")


def _zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), ZIP_TIME)
                entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
                out.writestr(entry, file.read_bytes())
