"""The room where files become positions: `files` opens them (limits, formats, encodings), the rest understands them.

In come paths; out goes an `Intake`: the position table, every row set aside and every problem with its place and
reason, and each sheet's account. What must never happen here: a row that vanishes, an identifier that is changed
silently, a verdict. `read_holdings` is the door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from cmic_screen.intake import Intake

__all__ = ["read_holdings"]


def read_holdings(
    paths: Iterable[str | os.PathLike[str]],
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    profile: str | os.PathLike[str] | None = None,
) -> Intake:
    """Everything that stands in these files (or folders, or zips), as one Intake; rows in the order given.

    `sheet` reads only the sheets of that name; `encoding` overrides the ladder for text files; `profile` is the path of
    a column layout (`profile init`). No position in a file is no error here: the Intake then has none. InputError where
    a file cannot be opened, is protected, or exceeds the limits.
    """
    from cmic_screen.ingest import assemble  # imports pandas; the door itself must stay cheap

    return assemble.read(list(paths), sheet=sheet, encoding=encoding, profile=profile)
