"""Every command that docs, samples and messages print is one that the program takes, with options it has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from cmic_screen.cli import app

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *ROOT.glob("samples/*.md"),
]
SOURCES = [p for p in sorted((ROOT / "src").rglob("*")) if p.suffix in {".py", ".html", ".toml"}]
CALL = re.compile(r"(?:\.venv/bin/)?cmic-screen (?P<words>.+)")


def printed(path: Path) -> set[str]:
    """What stands behind `cmic-screen` in code spans, and in lines of code blocks that begin with it."""
    text = path.read_text(encoding="utf-8")
    spans = re.findall(r"`([^`\n]+)`", text)
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL) if path.suffix == ".md" else []
    lines = [line for block in blocks for line in block.splitlines()]
    return {found["words"] for said in (*spans, *lines) if (found := CALL.fullmatch(said.strip()))}


def fault(words: str) -> str:
    """What is wrong with a command line, "" where nothing; a place left open (`…`, `{name}`, `[--x]`) ends it."""
    plain = re.sub(r"\"[^\"]*\"?|'[^']*'?|<[^>]*>", "x", words)
    said = re.split(r"…|\.\.\.|\[|\{|\||#", plain)[0].split()
    command = typer.main.get_command(app)
    while said and (inner := getattr(command, "commands", {})) and not said[0].startswith("-"):
        if said[0] not in inner:
            return f"no command {said[0]!r}"
        command = inner[said.pop(0)]
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)} | {"--help"}
    return " ".join(word for word in said if re.match(r"--?[a-z]", word) and word.partition("=")[0] not in known)


def wrong(said: set[str]) -> dict[str, str]:
    return {words: why for words in sorted(said) if (why := fault(words))}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_docs_print_commands_of_the_program(page):
    assert wrong(printed(page)) == {}


def test_messages_print_commands_of_the_program():
    said = set().union(*map(printed, SOURCES))
    assert len(said) > 20
    assert wrong(said) == {}


def examples(command) -> set[str]:
    inner = getattr(command, "commands", {}).values()
    own = re.findall(r"Example: cmic-screen (.+?)(?:\. Exits|$)", command.epilog or "")
    return set(own).union(*map(examples, inner))


def test_examples_of_the_help_are_commands_of_the_program():
    said = examples(typer.main.get_command(app))
    assert len(said) > 40
    assert wrong(said) == {}


def test_a_wrong_command_is_found():
    assert sum(len(printed(p)) for p in PAGES) > 30
    assert fault("screen x.xlsx --outfile y") == "--outfile"
    assert fault("lists show") == "no command 'lists'"
    assert fault("list export --restricted --out r.csv # comment --none") == ""
