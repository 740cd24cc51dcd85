"""`lookthrough build`: index a folder of fund constituents once, so that thousands of funds open quickly."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, emit


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="Fund constituents for look-through.", no_args_is_help=True)
    group.callback()(lambda: None)
    group.command("build", epilog="Example: cmic-screen lookthrough build funds/")(build)
    app.add_typer(group, name="lookthrough")


def build(
    folder: Annotated[Path, typer.Argument(help="Folder of files as the funds publish them (N-PORT, csv, xlsx…).")],
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Read every fund file of a folder once and write lookthrough.json beside them; prints what each was taken for."""
    from cmic_screen.fundfiles import build_index
    from cmic_screen.lookthrough import stated_weight

    rows = [
        {
            "file": f.file,
            "fund": f.name,
            "keys": sorted(f.keys),
            "known_by": ", ".join(sorted(f.keys)),
            "as_of": f.as_of.isoformat() if f.as_of else "",
            "constituents": len(f.constituents),
            "weight_pct": f"{stated_weight(f):f}",
            "sha256": f.sha256,
        }
        for f in build_index(folder)
    ]
    text = "\n".join(
        f"{r['file']}: {r['fund']}, {r['constituents']} constituents, {r['weight_pct']} % of weight, "
        f"as of {r['as_of'] or 'no stated date (stale)'}, known by {r['known_by']}"
        for r in rows
    )
    emit({"funds": rows}, text or "no fund files in the folder", fmt)
