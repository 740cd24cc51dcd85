"""Write ingest/headers.toml: the facts of the shared header table joined with our own words (tools/headers_own.toml).

Usage: CMIC_SHARED=… python tools/build_headers.py. Run again whenever either source changed; the output is committed.
Counts say how many sources print a header for a field; they are the prior that a column's content then overrules.
"""

from __future__ import annotations

import csv
import json
import os
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from cmic_screen.ingest.vocabulary import key_of

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "src/cmic_screen/ingest/headers.toml"
HEAD = """\
# Headers of holdings files and the canonical fields they stand for, in the form vocabulary.key_of gives them.
# Written by tools/build_headers.py from two sources; do not edit by hand. The number counts the sources that print the
# header for that field. A header under several fields is decided by what its column holds.
"""


def gather(table: Path, own: Path) -> dict[str, Counter[str]]:
    """Field to header key to number of sources."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    with table.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["canonical_field"] != "canonical_field" and (key := key_of(row["synonym"])):
                words[row["canonical_field"]][key] += 1
    ours = tomllib.loads(own.read_text(encoding="utf-8"))
    for field, headers in ours.pop("never").items():
        for header in headers:
            words[field].pop(key_of(header), None)
    for field, headers in ours.items():
        for header in dict.fromkeys(key_of(h) for h in headers):
            words[field][header] += 1
    return words


def main() -> None:
    """Read both sources and write the vocabulary."""
    shared = Path(os.environ.get("CMIC_SHARED", ROOT.parent / "shared"))
    words = gather(shared / "data/headers.csv", ROOT / "tools/headers_own.toml")
    parts = [HEAD]
    for field in sorted(words):
        parts.append(f"\n[{field}]\n")
        parts.extend(
            f"{json.dumps(key, ensure_ascii=False)} = {count}\n" for key, count in sorted(words[field].items())
        )
    OUT.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
