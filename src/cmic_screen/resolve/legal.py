"""Legal forms at the end of a company's name: what they are, and where a form cannot be that of a Chinese listed
company.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA

# Spellings of a form that a listed entity uses itself: one form, one canonical word.
CANONICAL = {
    "LTD": "LIMITED", "LT": "LIMITED", "LMTD": "LIMITED", "LIMITE": "LIMITED", "LIMTED": "LIMITED",
    "CO": "COMPANY", "COY": "COMPANY", "COS": "COMPANY", "COMP": "COMPANY",
    "COLTD": "COMPANY LIMITED", "COL": "COMPANY LIMITED",
    "CORP": "CORPORATION", "CP": "CORPORATION", "CRP": "CORPORATION", "CORPN": "CORPORATION",
    "INC": "INCORPORATED", "JSC": "JOINTSTOCK",
}  # fmt: skip
# Forms of Chinese, Hong Kong, Cayman and BVI companies, which the list's entities bear; others speak against.
DOMESTIC = frozenset({"LIMITED", "COMPANY", "CORPORATION"})
FOREIGN = frozenset(
    [
        "INCORPORATED",
        "PLC",
        "LLC",
        "LP",
        "LLP",
        "AG",
        "SA",
        "NV",
        "BV",
        "SPA",
        "SRL",
        "AB",
        "ASA",
        "AS",
        "OYJ",
        "OY",
        "BHD",
        "BERHAD",
        "TBK",
        "PCL",
        "KK",
        "KGAA",
        "SE",
        "GMBH",
        "SAB",
        "SAS",
        "SARL",
        "SCA",
        "PTE",
        "PTY",
        "PT",
        "PJSC",
        "OJSC",
        "PAO",
        "ULC",
        "KG",
        "AE",
        "TRUST",
        "REIT",
        "FUND",
        "ETF",
        "FUNDS",
        "NL",
        "PUBL",
        "KSCP",
        "SAOG",
        "QPSC",
        "SAA",
    ]
)
STOP = frozenset({"AND", "OF", "THE", "DE", "FOR", "IN"})
FORMS = DOMESTIC | FOREIGN


LONG_FORMS = ("CORPORATION", "COMPANY", "LIMITED", "INCORPORATED")
_CUT = {
    full[:size]: full
    for full in LONG_FORMS
    for size in range(1, len(full))
    if full[:size] not in ("C", "I", "IN", "COM", "INC")
}


def canonical(words: list[str]) -> list[str]:
    """The words with each legal form in its canonical spelling; other words as they stand."""
    return " ".join(CANONICAL.get(w, w) for w in words).split()


def _form(word: str) -> str:
    """The long form that a misspelt word at the end of a name means, or ''."""
    if len(word) < 6:
        return ""
    return next(
        (full for full in LONG_FORMS if OSA.distance(word, full, score_cutoff=2) <= (2 if len(full) > 8 else 1)), ""
    )


def strip_forms(words: list[str], *, cut: bool = False) -> tuple[list[str], list[str]]:
    """(words, forms): canonical words without the legal forms at their end, and those forms. Never leaves nothing.

    A misspelt form is a form. `cut` says that the name was cut at the end, so that its last letters may be a form's
    first.
    """
    words = canonical(words)
    if cut and len(words) > 1 and (words[-1] in _CUT or words[-1] == "C"):
        words[-1] = _CUT.get(words[-1], "COMPANY")
    end, forms = len(words), list[str]()
    while end > 1:
        form = words[end - 1] if words[end - 1] in FORMS else _form(words[end - 1])
        if not form and words[end - 1] not in ("OF", "AND"):
            break
        forms.insert(0, form)
        end -= 1
    return words[:end], [f for f in forms if f]
