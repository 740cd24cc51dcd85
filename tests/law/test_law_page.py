"""docs/reference/law.md is what the data say now; `python tools/build_law.py` writes it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def build_law():
    spec = importlib.util.spec_from_file_location("build_law", ROOT / "tools" / "build_law.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(build_law, programme):
    assert build_law.PAGE.read_text(encoding="utf-8") == build_law.page(programme)


def test_the_page_shows_every_cell_and_says_nothing_forbidden(build_law, programme):
    page = build_law.page(programme)
    assert all(f"| {a.value} | {p.value} | {c.ruling.value} |" in page for (a, p), c in programme.table.items())
    assert not [w for w in ("must divest", "illegal", "violation") if w in page.lower()]
