"""What a sentence of programme.toml may be filled with for one match: names, dates, phase, ruling; it adds no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.model import Action

if TYPE_CHECKING:
    from cmic_screen.law import Programme
    from cmic_screen.model import DecisionOnMatch, Licence, Match, Phase, Question


@dataclass(frozen=True, slots=True)
class Sayings:
    """Fillings for one question and match, the action as it counts for the instrument, in the phase that applies."""

    q: Question
    match: Match
    programme: Programme
    action: Action
    phase: Phase

    def ruling(self, phase: Phase) -> str:
        """What the table says of the action in a phase, as a sentence."""
        return self.programme.sentence(self.action, phase)

    def licence(self, licence: Licence) -> dict[str, str]:
        """A licence's number, last day and actions."""
        actions = ", ".join(self.programme.actions[a].label.lower() for a in licence.actions)
        return {"licence": licence.number, "licence_end": str(licence.valid_to), "actions": actions}

    def fill(
        self,
        *,
        why: str = "",
        readings: str = "",
        decision: DecisionOnMatch | None = None,
        licence: Licence | None = None,
    ) -> dict[str, str]:
        """Every placeholder a sentence may hold; dates are ISO, "" where there is none."""
        entity, words = self.match.entity, self.programme.phases[self.phase]
        fill = {
            "entity": entity.name, "uid": entity.uid, "listed": str(entity.listed), "effective": str(entity.effective),
            "end": str(entity.divestment_ends), "removed": str(entity.removed or ""),
            "model_start": str(self.programme.model_start), "when": self.q.instant.text or "no date",
            "phase": words.label, "instrument": self.programme.coverage[self.q.instrument].reason,
            "ruling": self.ruling(self.phase), "why": why or _sentence(self.match.reason), "readings": readings,
            "assumed": f" ({self.q.instant.assumed})" if self.q.instant.assumed else "",
            "place": self.q.named_in or "a cell",
            "acquired": str(self.q.acquired or ""), "days": str(self.programme.raw["duty"]["report_business_days"]),
        }  # fmt: skip
        if decision is not None:
            fill |= {"by": decision.by, "on": decision.on, "until": str(decision.until), "decision": decision.reason}
        if licence is not None:
            fill |= self.licence(licence)
        fill["wording"] = words.reason.format(**fill)
        fill["consequence"] = fill["wording"] if self.action is Action.HOLD else fill["ruling"]
        return fill


def _sentence(text: str) -> str:
    """A clause as a sentence of its own."""
    text = text.strip()
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""
