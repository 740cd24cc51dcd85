"""`securities …`: what is known of listed entities' securities beyond OFAC's list; checks it and adds a user's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cmic_screen.cli.common import Format, FormatOption, emit
from cmic_screen.errors import InputError, ListError


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="The securities master: facts about securities that are not OFAC's.", no_args_is_help=True)
    group.command(
        "check", epilog="Example: cmic-screen securities check --format json. Exits: 0 sound, 21 a row is wrong."
    )(check)
    group.command(
        "import",
        epilog="Example: cmic-screen securities import our_lines.xlsx. Exits: 0 done, 20 nothing was imported.",
    )(import_)
    app.add_typer(group, name="securities")


def check(fmt: FormatOption = Format.TEXT) -> None:
    """Validate every row: digits, dates, sources, markets, and that no two companies claim one identifier."""
    from cmic_screen.reference import load_snapshot
    from cmic_screen.reference.securities import load_master, problems_of, summary
    from cmic_screen.settings import load_settings

    home = load_settings().home
    snapshot, master = load_snapshot(home=home), load_master(home)
    found = summary(master, snapshot)
    emit(found, _told(found), fmt)
    faults = problems_of(master.rows, snapshot)
    if faults:
        raise ListError(
            f"{len(faults)} faults. " + " ".join(f"{f}." for f in faults), where="securities master",
            why="A wrong row can hide a holding or accuse one.", do="Mend or remove the rows.",
        )  # fmt: skip


def import_(
    file: Annotated[Path, typer.Argument(help="A table (csv, xlsx…) headed uid, relation, scheme, value, mic …")],
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Add your own rows: share lines, receipts, relatives, false friends. All of the file, or nothing."""
    from cmic_screen.reference import load_snapshot
    from cmic_screen.reference.own_securities import import_rows
    from cmic_screen.settings import load_settings

    home = load_settings().home
    done = import_rows(_cells(file), file.name, home, load_snapshot(home=home))
    data = {"added": done.added, "known": done.known, "own_rows": done.total}
    emit(data, f"{done.added} rows added, {done.known} known already; {done.total} rows of your own in force.", fmt)


def _cells(file: Path) -> list[dict[str, str]]:
    """The first table of a file as cells by header; InputError where there is none."""
    from cmic_screen.ingest.cells import text_of
    from cmic_screen.ingest.files import open_raw

    grids = [g for raw in open_raw(file) for g in raw.grids if g.rows]
    if not grids:
        raise InputError(
            "no table in it.", where=file.name, why="Nothing was imported.", do="Give a csv or xlsx table."
        )
    header, *body = grids[0].rows
    names = [text_of(cell).casefold().replace(" ", "_") for cell in header]
    lines = [dict(zip(names, map(text_of, row), strict=False)) for row in body]
    return [line for line in lines if any(line.values())]


def _told(found: dict[str, Any]) -> str:
    lines = [f"rows            {found['rows']}", f"digest          {found['sha256']}"]
    lines += [f"{k:<15} {v}" for k, v in found["relations"].items()]
    lines.append(f"companies       {found['covered']} of {found['companies']} with a known security")
    lines += [f"  none known: {e['name']} (uid {e['uid']})" for e in found["without"]]
    return "\n".join(lines)
