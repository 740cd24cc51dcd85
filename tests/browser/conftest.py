"""A real Chromium against a real server process; reported as not run, with the reason, where there is no Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "build" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
EPOCH = "1795000000"


@dataclass
class Served:
    """A server of its own: the addresses by holder, and its data folder."""

    addresses: dict[str, str]
    home: Path

    @property
    def base(self) -> str:
        return self.addresses["adviser"].split("/?")[0]


@pytest.fixture(scope="session")
def chromium():
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium here: the page was not tried in a browser")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=found, args=list(ARGS))
        yield browser
        browser.close()


@contextmanager
def serving(home: Path):
    home.mkdir(mode=0o700)
    command = [sys.executable, "-m", "cmic_screen", "serve", "--port", "0", "--reviewer", "ana", "--reviewer", "bo"]
    env = {**os.environ, "CMIC_HOME": str(home), "SOURCE_DATE_EPOCH": EPOCH}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=home) as process:
        lines = [process.stdout.readline() for _ in range(3)]
        yield Served(dict(re.match(r"(\w+): (\S+)", line).groups() for line in lines), home)
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("browser") / "home") as one:
        yield one


@pytest.fixture
def own(tmp_path):
    """A server for one test: decisions made there touch no other test's runs."""
    with serving(tmp_path / "home") as one:
        yield one


@pytest.fixture
def desk(chromium, served):
    """Opens the page as somebody: `desk("ana")`, in a browser context of their own."""
    contexts = []

    def open_as(who: str = "adviser", at: Served = served, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(at.addresses[who])
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shot():
    """Keeps a screenshot under build/browser/ (an artefact of CI)."""
    SHOTS.mkdir(parents=True, exist_ok=True)

    def take(page, name: str, *, full: bool = True) -> None:
        page.screenshot(path=SHOTS / f"{name}.png", full_page=full)

    return take


@pytest.fixture(scope="session")
def screened(chromium, served):
    """The sample book screened once, for tests that only look: its run id."""
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(served.addresses["adviser"])
    page.get_by_role("button", name="Try the sample book").click()
    page.get_by_role("button", name=re.compile("^Screen ")).click()
    page.wait_for_url("**/runs/**")
    run = page.url.rpartition("/")[2]
    context.close()
    return run
