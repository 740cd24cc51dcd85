"""Uploads set down and shown before anything is decided: files to a job's places, a reading to a page."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException

from cmic_screen.errors import InputError
from cmic_screen.web.jobs import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import UploadFile

    from cmic_screen.intake import ColumnUse
    from cmic_screen.web.jobs import Job, Jobs

FIRST = 6
"""Rows shown of each table."""
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


def shown(job: Job) -> dict[str, Any]:
    """What was read, for the page: each sheet's columns with reasons, its account, first rows and rows set aside."""
    from cmic_screen.ingest import read_holdings
    from cmic_screen.ingest.vocabulary import fields

    intake = read_holdings(job.paths, profile=job.profile)
    table = intake.table
    sheets = []
    for file in intake.inputs:
        for sheet in file.sheets:
            here = table[(table["file"] == file.file) & (table["sheet"] == sheet.name)]
            place = (file.file, sheet.name)
            sheets.append({
                "file": file, "sheet": sheet,
                "rows": [first_row(r, sheet.columns) for r in here.head(FIRST).to_dict("records")],
                "aside": [a for a in intake.set_aside if (a.source.file, a.source.sheet) == place][:40],
                "problems": [p for p in intake.problems if (p.source.file, p.source.sheet) == place][:40],
            })  # fmt: skip
    known = sorted(fields())
    return {"sheets": sheets, "known": known, "issues": intake.issues, "positions": len(table), "kind": intake.kind}


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


def correct(job: Job, given: Mapping[str, str], home: Path) -> None:
    """Write a layout from a corrected form: `sheet` says which table, `field-3` what its third column is.

    The layout lies beside the uploads, for this job; with `name` it is kept under `home`/profiles too. InputError where
    a field does not exist.
    """
    from cmic_screen.ingest import profile, read_holdings

    reading = read_holdings(job.paths)
    place = int(given.get("sheet", "0")) if given.get("sheet", "0").isdigit() else 0
    sheets = [s for f in reading.inputs for s in f.sheets]
    if place >= len(sheets):
        raise InputError("there is no such table in the upload.", do="Read the files again.")
    sheet = sheets[place]
    if not any(use.header for use in sheet.columns):
        raise InputError(
            "this table has no header row to know its columns by.", where=sheet.name,
            do="Put a row with column names above it, save, and upload it again.",
        )  # fmt: skip
    columns = tuple(
        replace(use, field=given.get(f"field-{use.column}", use.field), reason="as corrected on the page")
        for use in sheet.columns
    )
    name = harmless(given.get("name", "")) if given.get("name", "").strip() else ""
    text = profile.write(replace(sheet, columns=columns), name or "corrected on the page")
    path = job.folder / "profile.toml"
    path.write_text(text, encoding="utf-8", newline="\n")
    profile.load(path)
    job.profile = path
    if name:
        folder = home / "profiles"
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        shutil.copyfile(path, folder / f"{name}.toml")
