"""Who inspects whom and when, and what can be merged, in one sentence."""

from typing import Any

import polars as pl

from dashboards.formats import count, measure
from dashboards.view import Answer
from queries.conferences import decisions
from queries.inspections import inspections
from queries.merging import proposals


class ConferenceVerdict(Answer):
    """How many inspections by how many bodies, how many meet another, what merging would spare the units."""

    page = "conference"

    def answer(self) -> dict[str, pl.DataFrame]:
        """The calendar, the proposals, the decisions."""
        answers = self.store.answers
        return {"calendar": answers.listing(inspections), "merge": answers.listing(proposals)} | {
            "decisions": answers.listing(decisions)
        }

    def said(self, answer: dict[str, pl.DataFrame]) -> tuple[str, str]:
        """The calendar and what can be spared; what was merged, what was not reported, what was decided."""
        calendar = answer["calendar"]
        separate = calendar.filter(pl.col("state") != "merged")
        decided = self._decided(answer["decisions"])
        if calendar.is_empty():
            return self.say("joint.none"), decided
        states = dict(calendar.group_by("state").len().rows())
        ahead, n, near = states.get("ahead", 0), separate.height, int(separate["is_near"].sum())
        bodies = self.say("joint.bodies", n=separate["body_id"].n_unique())
        stands = "joint.begun" if not ahead else "joint.ahead" if ahead == n else "joint.standing"
        standing = self.say(stands, n=n, begun=count(n - ahead), ahead=count(ahead))
        meeting = self.say("joint.near", n=near) if near else self.say("joint.apart")
        first = self.say("joint", n=n, bodies=bodies, standing=standing, meeting=meeting)
        can, past = (answer["merge"].filter(pl.col("when") == when) for when in ("ahead", "begun"))
        spare = self._spared("joint.spare", can) or self._spared("joint.past", past)
        lines = [self.say(f"joint.{key}", n=states[key]) for key in ("merged", "unreported") if key in states]
        if not can.is_empty():
            lines.append(self._spared("joint.hindsight", past))
        return self.sentences(first, spare), self.sentences(*lines, decided)

    def _spared(self, key: str, frame: pl.DataFrame) -> str:
        if frame.is_empty():
            return ""
        days = {"saved": frame["days_saved"].sum(), "now": frame["days_now"].sum()}
        return self.say(key, **{name: measure(value, "days") for name, value in days.items()})

    def _decided(self, frame: pl.DataFrame) -> str:
        if frame.is_empty():
            return ""
        outcomes: dict[str, Any] = dict(frame.group_by("outcome").len().rows())
        kept, broken = (outcomes.get(outcome, 0) for outcome in ("kept", "broken"))
        left = frame.height - kept - broken
        return self.say("joint.decisions", n=frame.height, kept=count(kept), broken=count(broken), open=count(left))
