"""One matter's answer: who has it, since when, and what the light and the last slip say."""

from typing import Any

from dashboards.dossier import hops_of, level_name, matter_of, mine
from dashboards.formats import count, day, esc
from dashboards.text import known
from dashboards.theme import LIGHTS
from dashboards.view import Answer
from data.schemas.matters import NO_DUE_DAY
from queries.dossier import register
from queries.matters import lights

SHOWN = 200
"""Matters to choose from; beyond them the register of all matters leads to each."""


class MatterAnswer(Answer):
    """The matter in one sentence; all matters to choose from while none is chosen."""

    page = "matter"

    def answer(self) -> dict[str, Any]:
        """The matter's row, its light, its last hop, and whether it is claimed done; or all matters."""
        found = matter_of(self.store)
        if not found:
            return {"matter": {}, "all": self.store.answers.of_all.of_day(register).to_dicts()}
        light = mine(self.store, self.store.answers.of_all.of_day(lights)).to_dicts()
        hops = hops_of(self.store).to_dicts()
        return {"matter": found, "light": light[0] if light else {}, "hop": hops[-1] if hops else {}}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The way back, then question and answer, or the choice."""
        back = f'<nav class="back"><a href="{esc(self.store.link("matters"))}">{self.say("matter.back")}</a></nav>'
        if answer["matter"]:
            return {"html": back + super().patch(answer)["html"]}
        missing = f'<p class="since">{self.say("matter.later")}</p>' if self.store.matter else ""
        none = "" if answer["all"] else f"<p>{self.say('matter.none')}</p>"
        items = "".join(f"<li>{esc(row['matter_no'])} {self.matter_name(row)}</li>" for row in answer["all"][:SHOWN])
        left = len(answer["all"]) - SHOWN
        if left > 0:
            items += f"<li>{self.say('matter.more', n=left, matters=count(left))}</li>"
        listed = f'<ul class="choices">{items}</ul>' if items else none
        return {"html": f"{back}<h1>{self.say('matter.choose')}</h1>{missing}{listed}"}

    def said(self, answer: dict[str, Any]) -> tuple[str, str]:
        """Where it is; then the light, the slip and what is only claimed."""
        return self._where(answer["matter"], answer["hop"]), self._standing(answer)

    def _where(self, matter: dict[str, Any], hop: dict[str, Any]) -> str:
        title, language = esc(matter["title_zh"]), self.look.language
        if matter["cancelled_on"]:
            return self.say("matter.cancelled", title=title, day=day(matter["cancelled_on"], language))
        if matter["closed_on"]:
            passed = self._days((matter["closed_on"] - matter["registered_on"]).days)
            late = self._late(matter)
            return self.say("matter.closed", title=title, passed=passed, late=late)
        if not hop or hop["left_on"]:
            return self.say("matter.nowhere", title=title)
        return self.say(
            f"matter.{self._held(hop)}",
            title=title,
            body=esc(hop[f"body_name_{language}"] or self.say("matter.nobody")),
            level=level_name(self.store, hop["level"]),
            day=day(hop["arrived_on"], language),
            held=self._days(hop["held_days"]),
            over=self._days(hop["stall_days"] or 0),
            allowed=count(hop["allowed_days"]),
        )

    def _held(self, hop: dict[str, Any]) -> str:
        if hop["stall_days"] is None:
            return "untimed"
        return "over" if hop["stall_days"] else "within"

    def _days(self, n: int) -> str:
        return self.say("matter.days", n=n)

    def _late(self, matter: dict[str, Any]) -> str:
        if matter["due_on"] == NO_DUE_DAY:
            return self.say("matter.undue")
        return self.lateness((matter["closed_on"] - matter["due_on"]).days)

    def lateness(self, days: int) -> str:
        """So many days after the deadline in force, before it, or on it."""
        return self.say(f"matter.{'after' if days > 0 else 'before' if days < 0 else 'upon'}", n=abs(days))

    def _standing(self, answer: dict[str, Any]) -> str:
        matter, light, language = answer["matter"], answer["light"], self.look.language
        said = []
        if light:
            words = self._mark(light["light"], "light")
            said.append(self.say("matter.light", light=words, day=day(self.store.events_until, language)))
        if light and light["slip_colour"]:
            words = self._mark(light["slip_colour"], "slip")
            said.append(self.say("matter.slip", slip=words, day=day(light["slip_on"], language)))
        elif light:
            said.append(self.say("matter.slip.none"))
        claimed = answer["hop"].get("claimed_on")
        if claimed and not (matter["closed_on"] or matter["cancelled_on"]):
            said.append(self.say("matter.claimed", day=day(claimed, language)))
        return self.sentences(*said)

    def _mark(self, colour: str, family: str) -> str:
        """The shape of a colour with its word."""
        mark, word = LIGHTS[colour], known(self.look.language, f"{family}.{colour}")
        return f'<b class="tone-{mark.tone}">{mark.glyph} {esc(word or colour)}</b>'
