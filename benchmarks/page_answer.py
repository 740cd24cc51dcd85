"""How soon an answer stands on the page: from pressing the button to the verdict visible, in a real browser.

Run it with `python -m benchmarks.page_answer` (needs playwright and a Chromium). Books of 5,000 rows as csv and xlsx,
with few securities many times over, and with each row a security of its own. It prints seconds by the clock and seconds
of the server's processor, which tell more on a machine that does other work too; each the best of several.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.book import write_csv, write_xlsx
from benchmarks.page_load import cpu

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

ROWS, LISTED = 5_000, 20


def timed(server: int, do: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the server's processor, that something took."""
    begun, worked = time.perf_counter(), cpu(server)
    do()
    return time.perf_counter() - begun, cpu(server) - worked


def measure(page: Page, base: str, server: int, book: Path) -> list[tuple[float, float]]:
    """Reading, answering and keeping one book; each timed from the press of its button."""

    def read() -> None:
        page.get_by_role("button", name="Read the files").click()
        page.get_by_role("heading", name="What we read").wait_for()

    def answer() -> None:
        page.get_by_role("button", name=re.compile("^Screen ")).click()
        page.locator("h1.answer").wait_for()

    def keep() -> None:
        page.get_by_role("link", name="Excel report").wait_for()

    page.goto(base)
    page.set_input_files("#files", book)
    return [timed(server, do) for do in (read, answer, keep)]


def main() -> int:
    """Start a server and a browser, measure each book, print a line each; 0 where every answer came."""
    from playwright.sync_api import sync_playwright

    say = argparse.ArgumentParser(description=__doc__)
    say.add_argument("--times", type=int, default=4)
    times = say.parse_args().times
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.stderr.write("no Chromium here\n")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        books = []
        for securities in (300, ROWS):
            for ending, write in (("csv", write_csv), ("xlsx", write_xlsx)):
                books.append(Path(folder, f"{securities}-securities.{ending}"))
                write(books[-1], ROWS, securities, LISTED)
        command = [sys.executable, "-m", "cmic_screen", "serve", "--port", "0"]
        env = {**os.environ, "CMIC_HOME": str(Path(folder, "home"))}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as server:
            base, token = re.search(r"(http://\S+)/\?token=(\S+)", server.stdout.readline()).groups()
            chromium = engine.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
            page = chromium.new_context().new_page()
            page.set_default_timeout(120_000)
            page.goto(f"{base}/?token={token}")
            measure(page, base, server.pid, books[0])  # what a first person meets while the program still loads
            for book in books:
                found = [measure(page, base, server.pid, book) for _ in range(times)]
                best = [tuple(min(one[i][k] for one in found) for k in (0, 1)) for i in range(3)]
                said = (f"{name} {wall:.2f} s (processor {own:.2f} s)" for name, (wall, own) in zip(
                    ("read", "verdict visible", "and kept"), best, strict=True))  # fmt: skip
                print(f"{ROWS:,} rows, {book.name}: {', '.join(said)}", flush=True)
            chromium.close()
            server.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
