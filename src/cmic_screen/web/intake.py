"""Uploads set down and shown before anything is decided: files to a job's places, a reading to a page."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException

from cmic_screen.errors import InputError, TooLargeError
from cmic_screen.web import unpacked
from cmic_screen.web.jobs import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import UploadFile

    from cmic_screen.intake import ColumnUse, Intake
    from cmic_screen.web.jobs import Job, Jobs

FIRST = 6
"""Rows shown of each table."""
LAYOUT = "profile.toml"
SAMPLE = ("advisory_book.xlsx", "second_custodian.csv")


def take(jobs: Jobs, files: Sequence[UploadFile], *, kind: str, reviewer: str, most: int) -> Job:
    """A job with the uploaded files set down under harmless names, readable by their owner only."""
    named = [f for f in files if f.filename]
    if not named:
        raise HTTPException(400, "No file was chosen.")
    if len(named) > most:
        raise HTTPException(413, f"{len(named)} files are more than the {most} this page takes at once.")
    job = jobs.new([f.filename or "upload" for f in named], kind=kind, reviewer=reviewer)
    for upload, path in zip(named, job.paths, strict=True):
        with path.open("xb") as out:
            path.chmod(0o600)
            shutil.copyfileobj(upload.file, out)
    try:
        left = unpacked.MOST
        for path in job.paths:
            left = unpacked.refuse(path, left)
    except TooLargeError:
        jobs.drop(job)
        raise
    return job


def sample(jobs: Jobs, reviewer: str) -> Job:
    """A job with the sample book."""
    job = jobs.new(SAMPLE, reviewer=reviewer)
    for path in job.paths:
        shutil.copyfile(sample_file(path.name), path)
    return job


def sample_file(name: str) -> Path:
    """A file of the sample book: inside the installed package, or beside the sources."""
    inside = Path(str(resources.files("cmic_screen").joinpath("samples", name)))
    return inside if inside.is_file() else Path(__file__).resolve().parents[3] / "samples" / name


def read(jobs: Jobs, job: Job) -> Intake:
    """The upload as read, once: what is shown is what is screened, unless it is corrected meanwhile."""
    from cmic_screen.athand import Reading
    from cmic_screen.history.sources import reading_key
    from cmic_screen.ingest import read_holdings

    key = reading_key(job.paths, profile=job.profile, sheet=None, encoding=None)
    known = job.reading
    if known is None or known.key != key:
        known = Reading(key=key, intake=read_holdings(job.paths, profile=job.profile))
        jobs.remember(job, known)
    return known.intake


def get_ready(job: Job) -> None:
    """Build the securities of an upload while a person looks at what was read; a large book's are not remembered."""
    from cmic_screen.securities import REMEMBERED, distinct

    reading = job.reading
    if reading is not None and len(reading.intake.table) <= REMEMBERED:
        distinct(reading.intake.table)


def shown(jobs: Jobs, job: Job, home: Path) -> dict[str, Any]:
    """What was read, for the page: each sheet's columns with reasons, its account, first rows and rows set aside."""
    from cmic_screen.ingest.vocabulary import fields
    from cmic_screen.moment import today
    from cmic_screen.tally import dated

    intake = read(jobs, job)
    table = intake.table
    sheets: list[dict[str, Any]] = []
    for file in intake.inputs:
        for sheet in file.sheets:
            here = table[(table["file"] == file.file) & (table["sheet"] == sheet.name)]
            place = (file.file, sheet.name)
            sheets.append({
                "file": file, "sheet": sheet, "place": len(sheets), "unused": not sheet.used,
                "rows": [first_row(r, sheet.columns) for r in here.head(FIRST).to_dict("records")],
                "aside": [a for a in intake.set_aside if (a.source.file, a.source.sheet) == place][:40],
                "problems": [p for p in intake.problems if (p.source.file, p.source.sheet) == place][:40],
            })  # fmt: skip
    known = sorted(fields())
    return {
        "sheets": sheets, "known": known, "issues": dated(intake, job.as_of or today()).issues, "positions": len(table),
        "kind": intake.kind, "fitting": [name for name in fitting(intake, home) if name != job.layout],
    }  # fmt: skip


def first_row(row: Mapping[Any, Any], columns: Sequence[ColumnUse]) -> dict[str, Any]:
    """A row beneath its columns: what was understood of a cell, or the cell as read where its column is not used."""
    read = str(row["cells"]).split(" | ")
    repairs = str(row["repairs"])
    cells = []
    for place, column in enumerate(columns):
        known = column.field in row
        text = str(row[column.field]) if known else read[place] if place < len(read) else ""
        cells.append({"text": text, "repaired": known and f'"{column.field}"' in repairs})
    return {"row": row["row"], "cells": cells}


def correct(jobs: Jobs, job: Job, given: Mapping[str, str], home: Path) -> None:
    """Write a layout from a corrected form: `sheet` says which table, `field-3` what its third column is.

    The layout lies beside the uploads, for this job; with `name` it is kept under `home`/profiles too. InputError where
    a field does not exist, or where another table's correction would be lost.
    """
    from cmic_screen.ingest import profile

    place = int(given.get("sheet", "0")) if given.get("sheet", "0").isdecimal() else 0
    sheets = [s for f in read(jobs, job).inputs for s in f.sheets]
    if place >= len(sheets):
        raise InputError("there is no such table in the upload.", do="Read the files again.")
    sheet = replace(sheets[place], name=" ".join(sheets[place].name.split()))
    if not any(use.header for use in sheet.columns):
        raise InputError(
            "this table has no header row to know its columns by.", where=sheet.name,
            do="Put a row with column names above it, save, and upload it again.",
        )  # fmt: skip
    if job.profile and not profile.load(job.profile).meets([use.header for use in sheet.columns]):
        raise InputError(
            "another table of this upload was corrected already, and one layout applies to an upload.",
            where=sheet.name, why="That correction would be lost.", do="Screen the two files one after the other.",
        )  # fmt: skip
    columns = tuple(
        replace(use, field=given.get(f"field-{use.column}", use.field), reason="as corrected on the page")
        for use in sheet.columns
    )
    name = harmless(given.get("name", "")) if given.get("name", "").strip() else ""
    lay(job, profile.write(replace(sheet, columns=columns), name or "corrected on the page"), name)
    if name:
        folder = home / "profiles"
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        shutil.copyfile(job.folder / LAYOUT, folder / f"{name}.toml")


def lay(job: Job, text: str, name: str) -> None:
    """Put a layout beside the uploads and use it from now on; InputError, and the one before stays, where it is bad."""
    from cmic_screen.ingest import profile

    draft = job.folder / f"draft-{LAYOUT}"
    draft.write_text(text, encoding="utf-8", newline="\n")
    profile.load(draft)
    job.profile, job.layout = draft.replace(job.folder / LAYOUT), name


def fitting(reading: Intake, home: Path) -> list[str]:
    """Names of the layouts kept on this machine that fit a table of what was read; one that is broken fits none."""
    from cmic_screen.ingest import profile

    tables = [[use.header for use in s.columns] for f in reading.inputs for s in f.sheets if s.used]
    found = []
    for path in sorted((home / "profiles").glob("*.toml")):
        with suppress(InputError):
            layout = profile.load(path)
            found += [path.stem] if any(layout.meets(headers) for headers in tables) else []
    return found


def use_kept(jobs: Jobs, job: Job, name: str, home: Path) -> None:
    """Read the upload by a layout kept before; InputError where it fits no table here."""
    if name not in fitting(read(jobs, job), home):
        raise InputError("no kept layout of that name fits these files.", do="Choose one that is offered.")
    lay(job, (home / "profiles" / f"{name}.toml").read_text(encoding="utf-8"), name)
