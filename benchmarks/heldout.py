"""`python -m benchmarks.heldout`: how many damaged spellings of every listed name are still found, by kind of damage.

The spellings are made from OFAC's own names by rules that know nothing of the matcher, from fixed seeds, so that a kind
can be measured over all listed companies and not on names that somebody had in view. It must never be read as the
recall of real books: real names are damaged less. `--misses KIND` prints the names of one kind that were not found,
`--write` puts the figures where the Method sheet quotes them.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.quality import ACCURACY, asks, ours, percent
from cmic_screen.model import NameKind
from cmic_screen.reference import load_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.resolve import Resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cmic_screen.model import ListSnapshot

EACH = 4  # spellings of one kind made from one name
LEGAL = re.compile(
    r"[ ,]+(\(?LIMITED\)?|\(?LTD\)?\.?|CO\.?|COMPANY|CORP\.?|CORPORATION)(?=$|[ ,.])(?! OF)(?=(?:[ ,.]+"
    r"(\(?LIMITED\)?|\(?LTD\)?\.?|CO\.?|COMPANY|CORP\.?|CORPORATION))*[ .,]*$)"
)
ABBREVIATED = {
    "ACADEMY": ("ACAD",),
    "AEROSPACE": ("AEROSP", "AERO"),
    "AIRCRAFT": ("ACFT", "AIRC", "AIRCFT"),
    "APPLIANCE": ("APPL", "APPLNCE"),
    "AVIATION": ("AVN", "AVIAT"),
    "CAPITAL": ("CAP", "CPTL"),
    "CHINA": ("CHN", "CN"),
    "COMMUNICATIONS": ("COMM", "COMMUN", "CMNCTNS", "COMMS", "COMMNS"),
    "CONSTRUCTION": ("CONSTR", "CONST", "CNSTR", "CONSTRN"),
    "DIGITAL": ("DIG", "DGTL"),
    "ELECTRONIC": ("ELEC", "ELECTR", "ELTRN"),
    "ELECTRONICS": ("ELEC", "ELECTR", "ELECTRNCS", "ELTRNCS"),
    "ENGINEERING": ("ENG", "ENGR", "ENGNRG", "ENGG"),
    "GENERAL": ("GEN", "GENL"),
    "GROUP": ("GRP", "GP"),
    "HEAVY": ("HVY",),
    "HOLDING": ("HLDG", "HLD"),
    "HOLDINGS": ("HLDGS", "HLDG", "HDS"),
    "INDUSTRIES": ("IND", "INDS"),
    "INDUSTRY": ("IND", "INDS", "INDSTRY", "INDUST"),
    "INFORMATION": ("INFO", "INFORM", "INFMTN"),
    "INSTRUMENTS": ("INST", "INSTR", "INSTRS"),
    "INTERNATIONAL": ("INTL", "INT", "INTERNATL", "INTNL"),
    "INVESTMENT": ("INV", "INVT", "INVESTMT"),
    "MACHINERY": ("MACH", "MCHY", "MACHY"),
    "MANUFACTURING": ("MFG", "MANUF", "MFTG", "MNFG"),
    "MARINE": ("MAR",),
    "MEASURING": ("MEAS",),
    "MICROELECTRONICS": ("MICROELEC", "MICROELECTR", "MICROEL"),
    "MILITARY": ("MIL", "MILIT"),
    "NATIONAL": ("NATL", "NAT", "NTL"),
    "NAVIGATION": ("NAV", "NAVIG"),
    "NETWORK": ("NTWK", "NETWK"),
    "NUCLEAR": ("NUC", "NUCL"),
    "OFFSHORE": ("OFFSH", "OFFSHR"),
    "POWER": ("PWR",),
    "RAILWAY": ("RLWY", "RWY", "RAIL", "RY"),
    "SATELLITE": ("SAT", "SATLT"),
    "SCIENCE": ("SCI",),
    "SEMICONDUCTOR": ("SEMICON", "SEMICOND", "SEMI"),
    "SHIPBUILDING": ("SHIPBLDG", "SHPBLDG"),
    "SYSTEMS": ("SYS", "SYSTS"),
    "TECHNOLOGIES": ("TECH", "TECHS", "TECHNOL"),
    "TECHNOLOGY": ("TECH", "TECHNOL", "TECHN", "TEC"),
    "TELECOM": ("TEL", "TLCM"),
    "UNITED": ("UTD",),
}
KEYS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
MISSED = {
    "two errors in a name of one word": "NROIBCO",
    "two errors in a brand beside GROUP or TECHNOLOGY alone": "SENFNETIME GROUP",
    "an error in a name of four letters, but for one doubled": "YIJU",
    "an error in an abbreviation of two or three letters": "SEMICON MNG INTNL",
    "Wade-Giles or other spellings than pinyin, but for places": "CHUNG KUO MOBILE",
    "HONG KONG misspelt in its first letter": "BONG KONG CHINA MOBILE",
}
"""Kinds of spelling known to be missed, with an example each: tests/quality holds that they still are."""
READ_AS = {"O": "0", "I": "1", "L": "1", "M": "RN", "RN": "M", "S": "5", "B": "8", "CL": "D", "E": "F", "D": "O"}
EQUITIES = (
    "{}-A", "{}-H", "{} H SHS", "{} CLASS A", "{} 'A' CNY1", "{} ORD HKD0.10", "{} SPON ADR", "{} ADR REP 10 ORD",
    "{} A (HK-C)", "{} CL B", "{} ORD NPV", "{} CO LTD A CNY1.00", "{} LTD H CNY 1", "{} REGD SHS", "{} UNSP ADR",
)  # fmt: skip
DEBTS = (
    "{} 3.25% 02/21/27", "{} 4 1/8 05/06/26", "{} 2.9% MTN 2028", "{} 3.4% PERP", "{} 0% CONV 2027", "{} SER C PREF",
    "{} FRN 15/03/2029", "{} 4.125% 06MAY2026 REGS", "{} SR UNSECURED 3.5 2030", "{} 5.5% PERPETUAL SUB",
)  # fmt: skip
DERIVED = (
    "{} CALL DEC26 80", "{} PUT WARRANT 2026", "P-NOTE {} 2027", "CFD {}", "{} FUT DEC26", "TRS {}", "UBS {} CW27",
    "{} CBBC BULL 2026", "{} EQUITY LINKED NOTE 2027", "AUTOCALLABLE ON {} 2028", "{} SSF MAR27", "LEPO {} 2027",
)  # fmt: skip


def bare(name: str) -> str:
    """The name without the legal form at its end, as most holdings print it."""
    return LEGAL.sub("", name.upper()).strip(" ,.")


def letters(name: str, least: int = 1) -> list[int]:
    """Positions of letters within words of at least `least` letters."""
    return [i for m in re.finditer(rf"[A-Z]{{{least},}}", name) for i in range(*m.span())]


def slip(name: str, kind: str, dice: random.Random) -> str:
    """One typing slip of a kind; the name itself where no place fits."""
    places = letters(name, 4)
    if kind == "swapped":
        places = [i for i in places if i + 1 in places and name[i] != name[i + 1]]
    if not places:
        return name
    i = dice.choice(places)
    row = next(r for r in KEYS if name[i] in r)
    near = row[max(0, row.index(name[i]) - 1) : row.index(name[i]) + 2].replace(name[i], "")
    return {
        "dropped": name[:i] + name[i + 1 :],
        "doubled": name[:i] + name[i] + name[i:],
        "swapped": name[:i] + name[i + 1 : i + 2] + name[i] + name[i + 2 :],
        "another letter": name[:i] + dice.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ".replace(name[i], "")) + name[i + 1 :],
        "neighbouring key": name[:i] + dice.choice(near) + name[i + 1 :],
        "one more": name[:i] + dice.choice("AEIORSTNL") + name[i:],
    }[kind]


SLIPS = ("dropped", "doubled", "swapped", "another letter", "neighbouring key", "one more")


def misread(name: str, dice: random.Random) -> str:
    """One letter, or pair, as a scanner reads it."""
    places = [(m.start(), a, b) for a, b in READ_AS.items() for m in re.finditer(a, name)]
    if not places:
        return name
    i, a, b = dice.choice(places)
    return name[:i] + b + name[i + len(a) :]


def shorten(name: str, dice: random.Random) -> str:
    """Some of the words as market data providers abbreviate them."""
    words = re.findall(r"[^ ]+", name)
    able = [i for i, w in enumerate(words) if w in ABBREVIATED]
    for i in dice.sample(able, dice.randint(min(1, len(able)), len(able))):
        words[i] = dice.choice(ABBREVIATED[words[i]])
    return " ".join(words)


def reorder(name: str, dice: random.Random) -> str:
    """A word from the front at the end, or the reverse, as sorted lists print it."""
    words = name.split()
    if len(words) < 2:
        return name
    return " ".join(words[1:] + words[:1]) if dice.random() < 0.5 else " ".join(words[-1:] + words[:-1])


def join_two(name: str, dice: random.Random) -> str:
    """Two neighbouring words run together."""
    gaps = [i for i, c in enumerate(name) if c == " "]
    if not gaps:
        return name
    i = dice.choice(gaps)
    return name[:i] + name[i + 1 :]


def split_one(name: str, dice: random.Random) -> str:
    """A word of six letters or more broken in two."""
    words = list(re.finditer(r"[A-Z]{6,}", name))
    if not words:
        return name
    word = dice.choice(words)
    i = dice.randint(word.start() + 2, word.end() - 2)
    return f"{name[:i]} {name[i:]}"


def twice(name: str, dice: random.Random) -> str:
    """Two slips of any kinds."""
    return slip(slip(name, dice.choice(SLIPS), dice), dice.choice(SLIPS), dice)


def kinds() -> dict[str, Callable[[str, str, random.Random], str]]:
    """Every kind of damage: from the name as OFAC prints it, and without its legal form, to one spelling."""
    made: dict[str, Callable[[str, str, random.Random], str]] = {}
    for k in SLIPS:
        made[f"slip: {k}"] = lambda _, b, d, k=k: slip(b, k, d)  # type: ignore[misc]
    made["two slips"] = lambda _, b, d: twice(b, d)
    made["misread by a scanner"] = lambda _, b, d: misread(b, d)
    for n in (20, 25, 30, 35):
        made[f"cut at {n}"] = lambda f, _b, _d, n=n: f[:n].strip()  # type: ignore[misc]
    made["cut at 28 with -A"] = lambda _, b, _d: f"{b[:26].strip()}-A"
    made["run together"] = lambda _, b, _d: re.sub(r"[^A-Z0-9]", "", b)
    made["two words joined"] = lambda _, b, d: join_two(b, d)
    made["a word split"] = lambda _, b, d: split_one(b, d)
    made["reordered"] = lambda _, b, d: reorder(b, d)
    made["abbreviated"] = lambda _, b, d: shorten(b, d)
    made["abbreviated, class"] = lambda _, b, d: d.choice(EQUITIES).format(shorten(b, d))
    made["abbreviated, a slip"] = lambda _, b, d: slip(shorten(b, d), d.choice(SLIPS), d)
    made["share or receipt"] = lambda _, b, d: d.choice(EQUITIES).format(b)
    made["debt"] = lambda _, b, d: d.choice(DEBTS).format(b)
    made["derivative"] = lambda _, b, d: d.choice(DERIVED).format(b)
    made["cut, class"] = lambda _, b, d: d.choice(EQUITIES[:5]).format(b[:22].strip())
    return made


def spellings(snapshot: ListSnapshot) -> Iterator[tuple[str, str, str]]:
    """(kind, uid, spelling) of every listed company's Latin names but the weak; never a spelling that is a name."""
    strong = [(e.uid, n.text) for e in snapshot.entities for n in e.names if n.kind is not NameKind.WEAK]
    known = {n.text.upper() for e in snapshot.entities for n in e.names} | {bare(t) for _, t in strong}
    for kind, make in kinds().items():
        seen: set[tuple[str, str]] = set()
        for uid, text in strong:
            if not text.isascii() or len(bare(text)) < 4:
                continue
            dice = random.Random(f"{kind} {uid} {text.upper()}")
            for _ in range(EACH):
                spelling = make(text.upper(), bare(text), dice)
                if spelling not in known and (uid, spelling) not in seen:
                    seen.add((uid, spelling))
                    yield kind, uid, spelling


def measure(resolver: Resolver, rows: Sequence[tuple[str, str, str]]) -> dict[str, list[tuple[bool, str]]]:
    """For each kind: whether the right company was asked about, and the spelling."""
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for (kind, uid, text), matches in zip(rows, ours(resolver, [t for _, _, t in rows]), strict=True):
        found[kind].append((uid in {m.entity.uid for m in matches if asks(m)}, f"{text} ({uid})"))
    return found


def write(whole: Mapping[str, Sequence[tuple[bool, str]]]) -> None:
    """Put the figures, and the kinds of spelling known to be missed, beside those of `benchmarks.quality`."""
    data = json.loads(ACCURACY.read_text("utf-8"))
    every = [x for said in whole.values() for x, _ in said]
    data["found of damaged spellings of every listed Latin name"] = {
        **{kind: percent(sum(x for x, _ in said), len(said)) for kind, said in whole.items()},
        "all of them": percent(sum(every), len(every)),
    }
    data["kinds of spelling known to be missed"] = [f"{kind} ({example})" for kind, example in MISSED.items()]
    ACCURACY.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main(argv: Sequence[str]) -> int:
    """Print the table; the misses of one kind, or write the figures down, where asked for."""
    snapshot = load_snapshot()
    resolver, alone = Resolver(snapshot, load_master().rows), Resolver(snapshot, ())
    rows = list(spellings(snapshot))
    whole, bare_list = measure(resolver, rows), measure(alone, rows)
    print(f"{'kind of damage':24}{'found, with 95 % interval':>44}{'OFAC names alone':>20}")
    for kind, said in whole.items():
        rest = bare_list[kind]
        share = sum(x for x, _ in rest) / len(rest)
        print(f"{kind:24}{percent(sum(x for x, _ in said), len(said)):>44}{share:20.1%}")
    every, other = [x for v in whole.values() for x, _ in v], [x for v in bare_list.values() for x, _ in v]
    print(f"{'all':24}{percent(sum(every), len(every)):>44}{sum(other) / len(other):20.1%}")
    if "--write" in argv:
        write(whole)
    if "--misses" in argv:
        wanted = argv[argv.index("--misses") + 1]
        print(*(t for kind, said in whole.items() if wanted in kind for x, t in said if not x), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
