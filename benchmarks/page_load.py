"""The page under load: 50 uploads of 5,000 rows from 8 clients on loopback; all answered, right, nothing left behind.

Run it with `python -m benchmarks.page_load`; it starts a server process of its own, ends by itself and prints figures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LISTED = ("CHINA MOBILE LTD", "HK0941009539", "HKD")


def book(rows: int, distinct: int) -> bytes:
    """A csv book: every hundredth row is listed, the others are `distinct` companies over and over."""
    lines = ["Account,Security Name,ISIN,Quantity,Market Value,Currency"]
    for i in range(rows):
        name, isin, currency = LISTED if i % 100 == 0 else (f"Example Number {i % distinct} Holdings Inc", "", "USD")
        lines.append(f"A-{i % 40},{name},{isin},{100 + i},{1000 + i}.00,{currency}")
    return "\n".join(lines).encode()


def post(address: str, token: str, data: bytes, limit: float) -> tuple[dict[str, object], float]:
    """One upload: the record answered and the seconds it took; a full queue (503) is waited out within the limit."""
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="book.csv"\r\n\r\n'
    run = f'\r\n--{mark}\r\nContent-Disposition: form-data; name="run_id"\r\n\r\nload-{mark[:12]}\r\n--{mark}--\r\n'
    request = urllib.request.Request(f"{address}/api/screen", head.encode() + data + run.encode(), method="POST")
    request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
    request.add_header("Authorization", f"Bearer {token}")
    begun = time.perf_counter()
    with urllib.request.urlopen(request, timeout=limit) as answer:
        return json.loads(answer.read()), time.perf_counter() - begun


def memory(pid: int, what: str = "VmRSS") -> int:
    """Megabytes of resident memory of a process (Linux); `VmHWM`: the most it ever had."""
    return int(re.search(rf"{what}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) // 1024


def cpu(pid: int) -> float:
    """Seconds of processor time of a process and of its children that ended (Linux, proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Start the server, load it, check every answer, print the figures; 0 where everything holds."""
    say = argparse.ArgumentParser(description=__doc__)
    say.add_argument("--uploads", type=int, default=50)
    say.add_argument("--clients", type=int, default=8)
    say.add_argument("--rows", type=int, default=5000)
    say.add_argument("--distinct", type=int, default=300)
    say.add_argument("--most-seconds", type=float, default=900)
    asked = say.parse_args()
    data = book(asked.rows, asked.distinct)
    wanted = (asked.rows + 99) // 100
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "cmic_screen", "serve", "--port", "0"]
        env = {**os.environ, "CMIC_HOME": home}
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env) as server:
            try:
                return load(server, asked, data, wanted, Path(home))
            finally:
                server.terminate()


def load(server: subprocess.Popen[str], asked: argparse.Namespace, data: bytes, wanted: int, home: Path) -> int:
    """The load itself, on a server that is up."""
    address, token = re.search(r"(http://\S+)/\?token=(\S+)", server.stdout.readline()).groups()
    with ThreadPoolExecutor(2) as both:  # the first two, at once: libraries loaded, both workers' caches filled
        list(both.map(lambda _: post(address, token, data, asked.most_seconds), range(2)))
    level = memory(server.pid)
    idle = cpu(server.pid)
    begun = time.perf_counter()
    with ThreadPoolExecutor(asked.clients) as clients:
        answers = list(clients.map(lambda _: post(address, token, data, asked.most_seconds), range(asked.uploads)))
    took = time.perf_counter() - begun
    right = sum(r["totals"]["prohibited"] == wanted and r["totals"]["positions"] == asked.rows for r, _ in answers)
    digests = {r["content_digest"] for r, _ in answers}
    after, worked = memory(server.pid), cpu(server.pid) - idle
    left = [p.name for p in (home / "page").iterdir()] + [p.name for p in home.rglob("*.part")]
    runs = len([p for p in (home / "runs").iterdir() if not p.name.startswith(".")])
    each = sorted(seconds for _, seconds in answers)
    print(
        f"{asked.uploads} uploads of {asked.rows} rows from {asked.clients} clients: {right} right, "
        f"{len(digests)} content digest(s), {runs - 2} runs kept, files left behind: {len(left)}\n"
        f"{took:.1f} s in all, {took / asked.uploads:.2f} s an upload; an answer took {statistics.median(each):.1f} s "
        f"(median), {each[-1]:.1f} s (longest); "
        f"{worked / asked.uploads:.2f} s of processor an upload; memory {level} MB after the first two, "
        f"{after} MB after the last, {memory(server.pid, 'VmHWM')} MB at most"
    )
    return 0 if right == asked.uploads and len(digests) == 1 and not left and after < level * 1.1 + 10 else 1


if __name__ == "__main__":
    sys.exit(main())
