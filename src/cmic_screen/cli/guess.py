"""What was meant by a word that is no command: a file to be screened, a command of a group, a plainer word; it says
so, and runs nothing that was not asked for.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from typer.core import TyperGroup

if TYPE_CHECKING:
    from collections.abc import Mapping


PLAIN: Final = {
    "blotter": "trades", "dashboard": "serve", "help": "--help", "holdings": "screen", "page": "serve",
    "resolve": "check", "review": "decide", "run": "screen", "scan": "screen", "ui": "serve", "upload": "serve",
    "version": "--version", "web": "serve",
}  # fmt: skip
"""Words that people try first."""
BRIEF: Final = {
    "screen": "Screen holdings; write the Excel prohibition report.",
    "trades": "Judge a trade blotter, each row at its trade instant.",
    "look": "Say what would be read from a file, and why.",
    "check": "Check one security before a trade.",
    "decide": "Record what a reviewer concludes of findings.",
    "monthly": "Screen a month's sources, compare, keep and deliver.",
    "serve": "Open the page: upload, understand, decide, download.",
    "explain": "Say why a row got its verdict.",
    "verify": "Check that a report is as it was written.",
    "profile": "Column layouts of custodians: make, try, list.",
    "list": "OFAC's list: entities, age, updates, what changed.",
    "securities": "The securities master: facts that are not OFAC's.",
    "lookthrough": "Fund constituents, for looking through funds.",
    "history": "The ledger of runs: what was screened when.",
    "decisions": "Reviewers' decisions: in force, lapsed, to sign.",
    "schedule": "Lines for the system's own scheduler.",
    "config": "What applies, and where each value came from.",
    "programme": "The law as used: version, clocks, rulings.",
    "report": "Documents that follow a finding.",
}
"""What each command does, in a line of `--help` at 80 columns."""


class Commands(TyperGroup):
    """The program's commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """As typer does it, with a better guess for a word that is none of them."""
        word = args[0]
        if word not in self.commands and not word.startswith("-") and (said := meant(word, self.commands)):
            ctx.fail(f"No such command {word!r}. {said}")
        return super().resolve_command(ctx, args)


def meant(word: str, commands: Mapping[str, Any]) -> str:
    """The sentence that says what may have been meant; "" where nothing is known (typer looks for slips itself)."""
    if Path(word).suffix or os.path.exists(word):  # noqa: PTH110 - False where the word is too long for a file's name
        return f"To screen a file: cmic-screen screen {word}"
    inner = [f"{name} {word}" for name, group in commands.items() if word in getattr(group, "commands", ())]
    found = [PLAIN[word]] if word in PLAIN else inner
    return f"Did you mean {' or '.join(f'`cmic-screen {x}`' for x in found)}?" if found else ""
