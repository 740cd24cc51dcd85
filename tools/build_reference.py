"""Writes docs/reference/command-line.md and settings.md from the program itself; `--check`: are they current?"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HEAD = "<!-- Written by tools/build_reference.py; do not edit. -->\n\n"


def command_line() -> str:
    """Every command's `--help`, in the order of the program."""
    os.environ.update(COLUMNS="100", NO_COLOR="1", TERM="dumb")
    from typer.main import get_command

    from cmic_screen.cli import app

    pages = ["# Command line\n\nExit codes are in the README.\n"]

    def page(path: list[str], group: Any, parent: Any) -> None:
        context = group.make_context(path[-1] if path else "cmic-screen", [], parent=parent, resilient_parsing=True)
        shown = group.get_help(context).strip()
        pages.append(
            f"## cmic-screen {' '.join(path)}\n\n```text\n{shown}\n```\n" if path else f"```text\n{shown}\n```\n"
        )
        for name, inner in getattr(group, "commands", {}).items():
            page([*path, name], inner, context)

    page([], get_command(app), None)
    return HEAD + "\n".join(pages)


def settings() -> str:
    """Every setting with its default and meaning."""
    from cmic_screen.settings import KNOWN

    rows = [
        f"| `{n}` | `CMIC_{n.upper()}` | {k.kind.__name__} | {k.default!r} | {k.meaning} |" for n, k in KNOWN.items()
    ]
    text = (
        "# Settings\n\nFlags over variables over the nearest `cmic-screen.toml` over the user's own over defaults; "
        "`config show` says what applies. The two files count setting by setting. A relative path in a file starts "
        "from that file's folder, one in a variable or flag from the folder one works in.\n\n"
    )
    return (
        HEAD
        + text
        + "| setting | variable | kind | default | meaning |\n|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


PAGES = {"command-line.md": command_line, "settings.md": settings}


def main() -> None:
    """Write the pages, or with --check end with 1 where one is not current."""
    stale = []
    for name, make in PAGES.items():
        path = ROOT / "docs" / "reference" / name
        text = make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8", newline="\n")
    if stale and "--check" in sys.argv:
        sys.exit(f"not current: {', '.join(stale)}; run tools/build_reference.py")


if __name__ == "__main__":
    main()
