"""What a stated ISIN says for or against a listed entity that something else points to: its country and its issuer; no
ISIN proves anything here, `by_identifier` has done that (ISO 6166; CUSIP Global Services' six characters of an issuer).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.model import EvidenceKind, InstrumentKind, MatchEvidence, Origin, Scheme
from cmic_screen.resolve.clues import against
from cmic_screen.resolve.index import HOME_PREFIXES, countries

if TYPE_CHECKING:
    from cmic_screen.model import Security, SecurityIdentifier
    from cmic_screen.resolve.index import SecurityIndex

_CUSIP_COUNTRIES: Final = frozenset({"US", "CA", "KY", "BM", "VG"})
_AMERICAN: Final = ("US", "CA")
_NUMBERED: Final = frozenset({"HK", "CNE"})
_SHARES: Final = frozenset({InstrumentKind.SHARE, InstrumentKind.UNKNOWN})


def foreign(index: SecurityIndex, security: Security, uid: str, *, exchange: bool = False) -> MatchEvidence | None:
    """The evidence that a stated ISIN, or a CUSIP where none is, is of a country under which the entity has no
    securities, else None.

    What trades under a Chinese exchange's number (`exchange`) is no foreign receipt: only home prefixes fit it. A
    receipt elsewhere has the ISIN of its own market, a derivative that of the bank which wrote it.
    """
    stated = countries(security.identifiers)
    if not exchange and (security.instrument.derives or security.instrument is InstrumentKind.RECEIPT):
        return None
    fitting = HOME_PREFIXES if exchange else index.prefixes[uid]
    usual = ", ".join(sorted(fitting))
    said = "no security of the entity is known there"
    if stated:
        if any(c in fitting for c in stated):
            return None
        return against(EvidenceKind.COUNTRY, f"ISIN prefix {stated[0]}", usual, said, "ISO 6166 prefix")
    cusip = next((i.value for i in security.identifiers if _american(i)), "")
    if not cusip or not fitting.isdisjoint(_AMERICAN):
        return None
    return against(EvidenceKind.COUNTRY, f"CUSIP {cusip} (US or CA)", usual, said, "CUSIP Global Services")


def _american(one: SecurityIdentifier) -> bool:
    """Whether it is a stated CUSIP of the United States or Canada: those of other countries begin with a letter."""
    return one.scheme is Scheme.CUSIP and one.origin is Origin.STATED and one.value[0].isdigit()


def another_issuer(index: SecurityIndex, security: Security, uid: str) -> MatchEvidence | None:
    """The evidence that a stated ISIN is another issuer's where the entity's own ISINs of that country are known.

    Behind US, CA, KY, BM and VG stand six characters that CUSIP Global Services gives to one issuer; in Hong Kong
    and on the mainland (CNE) a share has one number, which the master knows, so another is another's share.
    """
    if security.instrument.derives:
        return None
    for one in security.identifiers:
        if one.scheme is not Scheme.ISIN or one.origin is not Origin.STATED:
            continue
        size = 8 if one.value[:2] in _CUSIP_COUNTRIES else 12
        start = "CNE" if one.value.startswith("CNE") else one.value[:2]
        own = {isin[:size] for isin in index.issued[uid] if isin.startswith(start)}
        if size == 12 and (start not in _NUMBERED or security.instrument not in _SHARES):
            continue
        if own and one.value[:size] not in own:
            said = "no security of the entity is known under that issuer's code or number"
            known = ", ".join(sorted(own))
            return against(EvidenceKind.IDENTIFIER, f"ISIN {one.value}", known, said, "ISO 6166, CUSIP")
    return None


def home(index: SecurityIndex, security: Security, uid: str) -> MatchEvidence | None:
    """The evidence that a stated ISIN is of a country under which the entity's securities are issued, else None."""
    own = index.prefixes[uid]
    stated = next((c for c in countries(security.identifiers) if c in own), None)
    if stated is None:
        return None
    return MatchEvidence(
        kind=EvidenceKind.COUNTRY, searched=f"ISIN prefix {stated}", found=", ".join(sorted(own)), weight=0.2,
        detail="securities of the entity are issued there; no proof by itself", source="ISO 6166 prefix",
    )  # fmt: skip
