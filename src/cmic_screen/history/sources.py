"""The holdings of a run, from several places: copied into the run's folder, read from the copies, joined to one Intake.

Nothing is changed on the way but this: where several sources are read, `file` says which one a row came from; and a
row without any account takes its source's group as portfolio, which is how it is owned.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cmic_screen import folders
from cmic_screen.digests import digest, file_digest
from cmic_screen.labels import label
from cmic_screen.positions import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cmic_screen.athand import Reading
    from cmic_screen.history.store import Staging
    from cmic_screen.intake import Intake


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Files (or folders) read alike. `name` "" for the only source of a plain screening."""

    files: tuple[Path, ...]
    name: str = ""
    group: str = ""
    sheet: str | None = None
    encoding: str | None = None
    profile: Path | None = None


def stage(staging: Staging, number: int, source: Source) -> dict[str, Any]:
    """Copy a source's files and profile; returns what `read` needs, paths relative to the run's folder. InputError
    where one of them cannot be read.
    """
    from cmic_screen.ingest.files import refuse_no_file

    names = []
    for i, path in enumerate(source.files):
        name = f"inputs/{number}/{i}/{label(path.name)}"
        if path.is_dir():
            for inner in folders.inside(path):
                staging.put_file(f"{name}/{label(inner.relative_to(path).as_posix())}", inner)
        else:
            refuse_no_file(path, label(path.name))
            staging.put_file(name, path)
        names.append(name)
    profile = None
    if source.profile is not None:
        profile = f"profiles/{number}.toml"
        staging.put_file(profile, source.profile)
    return {
        "files": names, "name": source.name, "group": source.group, "sheet": source.sheet,
        "encoding": source.encoding, "profile": profile,
    }  # fmt: skip


def digest_of(folder: Path, said: Mapping[str, Any]) -> str:
    """One digest over a staged source: how it is read, and the bytes that are."""
    names = [n for n in (*said["files"], said["profile"]) if n]
    files = [p for n in names for p in ([folder / n] if (folder / n).is_file() else sorted((folder / n).rglob("*")))]
    how = {k: v for k, v in said.items() if k not in {"files", "profile"}}
    return digest([how, [[p.name, file_digest(p)] for p in files if p.is_file()]])


def reading_key(files: Sequence[Path], *, profile: Path | None, sheet: str | None, encoding: str | None) -> str:
    """One digest over all that a reading follows from: names and bytes of the files, the layout, sheet and encoding.

    Wherever the files lie: a copy has the key of its original. A folder has none ("").
    """
    if not all(path.is_file() for path in files):
        return ""
    layout = file_digest(profile) if profile else ""
    return digest([[sheet, encoding, layout], [[path.name, file_digest(path)] for path in files]])


def read(folder: Path, said: Mapping[str, Any], reading: Reading | None = None) -> Intake:
    """One staged source; not read again where `reading` is one of the same bytes in the same way.

    InputError as `ingest.read_holdings` raises it.
    """
    from cmic_screen.ingest import read_holdings

    files = [folder / name for name in said["files"]]
    profile = folder / said["profile"] if said["profile"] else None
    how = {"sheet": said["sheet"], "encoding": said["encoding"], "profile": profile}
    if reading and reading.key and reading.key == reading_key(files, **how):
        return _grouped(reading.intake, said["group"])
    intake = read_holdings(files, **how)
    return _grouped(intake, said["group"])


def joined(parts: Sequence[Intake], names: Sequence[str]) -> Intake:
    """Several sources as one Intake, in order; one source stays as it is."""
    if len(parts) == 1:
        return parts[0]
    return _joined([_prefixed(intake, name) for intake, name in zip(parts, names, strict=True)])


def _prefixed(intake: Intake, name: str) -> Intake:
    """The same intake, each file's name behind its source's."""
    lead = re.sub(r"[^\w.-]+", "-", name)

    def at(file: str) -> str:
        return f"{lead}/{file}" if file else file

    table = intake.table.copy()
    table["file"] = table["file"].map(at).astype(table["file"].dtype)
    return replace(
        intake,
        table=table,
        inputs=tuple(replace(f, file=at(f.file)) for f in intake.inputs),
        set_aside=tuple(replace(s, source=replace(s.source, file=at(s.source.file))) for s in intake.set_aside),
        problems=tuple(replace(p, source=replace(p.source, file=at(p.source.file))) for p in intake.problems),
        issues=tuple(replace(i, file=at(i.file)) for i in intake.issues),
    )


def _grouped(intake: Intake, group: str) -> Intake:
    if not group or intake.table.empty:
        return intake
    table = intake.table.copy()
    nameless = (table[list(ACCOUNT)] == "").all(axis=1)
    table.loc[nameless, "portfolio"] = group
    return replace(intake, table=table)


def _joined(parts: Sequence[Intake]) -> Intake:
    import pandas as pd

    from cmic_screen.intake import Intake

    return Intake(
        table=pd.concat([p.table for p in parts], ignore_index=True),
        inputs=tuple(f for p in parts for f in p.inputs),
        set_aside=tuple(s for p in parts for s in p.set_aside),
        problems=tuple(q for p in parts for q in p.problems),
        issues=tuple(i for p in parts for i in p.issues),
        kind="trades" if any(p.kind == "trades" for p in parts) else "holdings",
        only_13f=all(p.only_13f for p in parts),
        as_of=max(p.as_of for p in parts),
    )
