"""Text nobody checks goes wrong: links lead somewhere, generated pages are current, commands show examples."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing
    docs = ROOT / "docs"
    if docs in page.parents:  # the built pages have nothing outside their folder (`make docs` is strict)
        assert all("://" in link or docs in (page.parent / link).resolve().parents for link in links)


def test_every_page_is_reached_from_the_start():
    reached, todo = set(), [ROOT / "README.md", ROOT / "docs" / "index.md"]
    while todo:
        page = todo.pop().resolve()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        todo.extend(page.parent / link for link in links if "://" not in link)
    assert not [str(p.relative_to(ROOT)) for p in PAGES if p.resolve() not in reached]


@pytest.mark.parametrize("name", ["command-line.md", "settings.md"])
def test_generated_reference_is_current(name, monkeypatch):
    for variable in ("COLUMNS", "NO_COLOR", "TERM"):
        monkeypatch.setenv(variable, "100")
    made = tool("build_reference").PAGES[name]()
    assert made == (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8"), "run tools/build_reference.py"


def test_every_command_shows_an_example():
    text = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    pages = re.findall(r"^## cmic-screen (.+?)\n\n```text\n(.*?)\n```", text, re.MULTILINE | re.DOTALL)
    assert len(pages) > 40
    groups = {name for name, page in pages if "\nCommands:\n" in page}
    assert not [name for name, page in pages if name not in groups and "Example" not in page]


def test_the_readme_has_every_exit_code():
    from cmic_screen.errors import ExitCode

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [c for c in ExitCode if not re.search(rf"\| {int(c)} \|", text)]


def test_no_sentence_of_the_docs_says_more_than_the_law():
    for page in PAGES:
        text = page.read_text(encoding="utf-8").lower()
        assert "must divest" not in text
        assert "illegal holding" not in text


def _raised_codes() -> set[str]:
    """Every code a DataIssue is made with: a literal, one of two, or a constant of the module or of `terms`."""
    from cmic_screen import terms

    codes = set()
    for file in (ROOT / "src").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            n.target.id: n.value.value
            for n in tree.body
            if isinstance(n, ast.AnnAssign) and isinstance(n.value, ast.Constant)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "DataIssue":
                (code,) = (k.value for k in call.keywords if k.arg == "code")
                found = {c.value for c in ast.walk(code) if isinstance(c, ast.Constant)}
                codes |= found or {named.get(code.id) or getattr(terms, code.id)}
    return codes


def test_every_data_issue_has_its_line_in_the_reference():
    from cmic_screen.intake import SAID_AT_ONCE

    text = (ROOT / "docs" / "reference" / "data-issues.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| (`[A-Z0-9_]+`(?:, `[A-Z0-9_]+`)*)( \*\*at once\*\*)? \|", text, re.MULTILINE)
    told = [(code, bool(once)) for codes, once in lines for code in re.findall(r"`(.+?)`", codes)]
    assert sorted(code for code, _ in told) == sorted(_raised_codes())
    assert {code for code, once in told if once} == SAID_AT_ONCE - {"FILE_UNREADABLE"}  # a row problem's code
