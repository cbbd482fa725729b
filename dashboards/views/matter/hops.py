"""Who held a matter from when to when, what of it was allowed, and what was done about it meanwhile."""

from datetime import date
from typing import Any

from dashboards.charts import Happening, SpanChart, Stretch, Track, Upright, dates_axis
from dashboards.dossier import hops_of, level_name, matter_of, steps_of
from dashboards.formats import NONE, count, day, esc
from dashboards.markup import Cell, Html, grid, key
from dashboards.text import known
from dashboards.theme import LIGHTS, Mark
from data.schemas.matters import NO_DUE_DAY

MARKS = {
    "returned": Mark("\u21a9", "bad"),
    "refused": Mark("\u00d7", "bad"),
    "escalated": Mark("\u2191", "bad"),
    "urged": Mark("!", "warn"),
    "granted": Mark("+", "accent"),
    "asked": Mark("\u00bb", "muted"),
    "reopened": Mark("\u21ba", "bad"),
    "claimed_done": Mark("\u25d4", "muted"),
    "closed": Mark("\u2713", "good"),
    "cancelled": Mark("\u2013", "muted"),
}
"""The steps that are marked on the holder's row, the gravest first; a slip has the shape of its colour."""
WEIGHTS = ("closed", "cancelled", "slip_issued", *MARKS)


class HopTimeline(SpanChart):
    """A row per holder, its days within and beyond what was allowed, the steps on them and both deadlines across."""

    view = "hops"
    shape = "card wide"
    indicator = "stall_days"
    height = 380

    def answer(self) -> dict[str, Any]:
        """The matter, its hops and its steps."""
        found = matter_of(self.store)
        if not found:
            return {"matter": {}, "hops": [], "steps": []}
        return {
            "matter": found,
            "hops": hops_of(self.store).to_dicts(),
            "steps": steps_of(self.store).to_dicts(),
        }

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The rows, from the first holder to the last."""
        title = self.say("hops.title")
        if not answer["matter"]:
            return self.nothing(title, self.say("matter.choose"))
        if not answer["hops"]:
            return self.nothing(title, self.say("hops.none"))
        return {"html": self.head(title, self._finding(answer), self._legend(answer)), "figure": self._drawn(answer)}

    def _finding(self, answer: dict[str, Any]) -> str:
        hops = answer["hops"]
        over = sum(hop["stall_days"] or 0 for hop in hops)
        worst = max(hops, key=lambda hop: hop["stall_days"] or 0)
        returns = sum(step["event_type"] == "returned" for step in answer["steps"])
        held = self.say("hops.say", n=len(hops), days=self._days(sum(hop["held_days"] for hop in hops)))
        if not over:
            lasting = self.say("hops.within")
        else:
            body = esc(self._body(worst))
            lasting = self.say("hops.over", over=self._days(over), body=body, days=self._days(worst["stall_days"]))
        return self.sentences(held, lasting, self.say("hops.returned", n=returns) if returns else "")

    def _legend(self, answer: dict[str, Any]) -> str:
        tones = self._tones()
        kinds = [kind for kind in ("within", "beyond") if kind == "within" or self._any(answer["hops"], kind)]
        kinds += ["untimed"] if self._any(answer["hops"], "untimed") else []
        seen = {self._kind(step) for step in answer["steps"]}
        marks = [f"{mark.glyph}\u00a0{self._step(kind)}" for kind, mark in MARKS.items() if kind in seen]
        slips = [step["slip_colour"] for step in answer["steps"] if step["slip_colour"]]
        marks += [
            f"{LIGHTS[one].glyph}\u00a0{known(self.look.language, f'slip.{one}')}" for one in LIGHTS if one in slips
        ]
        shown = key([(tones[kind], self.say(f"hops.{kind}.key")) for kind in kinds])
        return shown + " \u00b7 ".join([*map(esc, marks), self.say("hops.legend", n=len(answer["hops"]))])

    def _any(self, hops: list[dict[str, Any]], kind: str) -> bool:
        return any(hop["stall_days"] is None if kind == "untimed" else (hop["stall_days"] or 0) > 0 for hop in hops)

    def _tones(self) -> dict[str, str]:
        colours = self.look.colours
        return {"within": self.look.sequence[2], "beyond": colours["bad-soft"], "untimed": colours["idle"]}

    def _drawn(self, answer: dict[str, Any]) -> dict[str, Any]:
        matter, hops, today = answer["matter"], answer["hops"], self.store.events_until
        dues = {matter["due_on_original"], matter["due_on"]} - {NO_DUE_DAY}
        ended = matter["closed_on"] or matter["cancelled_on"] or today
        first = min([hops[0]["arrived_on"], *dues])
        axis = dates_axis(first, max([ended, *dues]), self.look.language)
        place = {hop["hop_no"]: at for at, hop in enumerate(hops)}
        stretches = [piece for at, hop in enumerate(hops) for piece in self._stretches(at, hop)]
        marked = [self._mark(place[step["hop_no"]], step) for step in answer["steps"] if self._is_marked(step, place)]
        return self.figure([self._track(hop) for hop in hops], axis, stretches, marked, self._uprights(matter, ended))

    def _track(self, hop: dict[str, Any]) -> Track:
        level = level_name(self.store, hop["level"])
        over = hop["stall_days"] or 0
        right = self.say("hops.right.over" if over else "hops.right", days=count(hop["held_days"]), over=count(over))
        return Track(level, self._body(hop), right)

    def _body(self, hop: dict[str, Any]) -> str:
        return str(hop[f"body_name_{self.look.language}"] or self.say("matter.nobody"))

    def _stretches(self, at: int, hop: dict[str, Any]) -> list[Stretch]:
        """The days within what was allowed, and those beyond; a hop of one day is a sliver all the same."""
        tones, words = self._tones(), self._words(hop)
        start = float(hop["arrived_on"].toordinal())
        end = max(float((hop["left_on"] or self.store.events_until).toordinal()), start + 0.3)
        if hop["stall_days"] is None or hop["allowed_until"] is None:
            kind = "untimed" if hop["stall_days"] is None else "beyond" if hop["stall_days"] else "within"
            return [Stretch(at, start, end, words, tones[kind])]
        turn = min(max(float(hop["allowed_until"].toordinal()), start), end)
        pieces = [(start, turn, "within"), (turn, end, "beyond")]
        return [Stretch(at, one, other, words, tones[kind]) for one, other, kind in pieces if other > one]

    def _words(self, hop: dict[str, Any]) -> str:
        language = self.look.language
        left = day(hop["left_on"], language) if hop["left_on"] else self.say("hops.still")
        spent = f"{day(hop['arrived_on'], language)} – {left} · {self._days(hop['held_days'])}"
        allowed = self._allowed(hop)
        over = f" · {self.say('hops.beyond', days=self._days(hop['stall_days']))}" if hop["stall_days"] else ""
        return esc(f"{self._body(hop)} · {spent} · {allowed}{over}")

    def _allowed(self, hop: dict[str, Any]) -> str:
        if hop["allowed_days"] is None:
            return self.say("hops.untimed")
        kind = known(self.look.language, f"day_kind.{hop['allowed_kind']}") or ""
        return self.say("hops.allowed", n=hop["allowed_days"], kind=kind)

    def _kind(self, step: dict[str, Any]) -> str:
        return str(step["event_type"]).removeprefix("extension_")

    def _is_marked(self, step: dict[str, Any], place: dict[int, int]) -> bool:
        return step["hop_no"] in place and (self._kind(step) in MARKS or bool(step["slip_colour"]))

    def _step(self, kind: str) -> str:
        name = f"extension_{kind}" if kind in ("asked", "granted", "refused") else kind
        return known(self.look.language, f"step.{name}") or kind

    def _mark(self, row: int, step: dict[str, Any]) -> Happening:
        kind, language = self._kind(step), self.look.language
        mark = LIGHTS[step["slip_colour"]] if step["slip_colour"] else MARKS[kind]
        name = known(language, f"slip.{step['slip_colour']}") if step["slip_colour"] else self._step(kind)
        weight = len(WEIGHTS) - WEIGHTS.index(step["event_type"] if step["slip_colour"] else kind)
        words = esc(f"{day(step['happened_on'], language)} · {name}")
        tone = self.look.colours[mark.tone]
        return Happening(row, float(step["happened_on"].toordinal()), mark.glyph, words, tone, weight)

    def _uprights(self, matter: dict[str, Any], ended: date) -> list[Upright]:
        colours, until = self.look.colours, self.store.events_until
        lines = []
        if matter["due_on_original"] != NO_DUE_DAY:
            lines.append(self._limit("original", matter["due_on_original"], colours["warn"]))
        if matter["due_on"] != matter["due_on_original"]:
            lines.append(self._limit("due", matter["due_on"], colours["bad"]))
        if ended == until:
            words = self.say("hops.line.today", day=day(until, self.look.language, year=False))
            lines.append(Upright(float(until.toordinal()), words, colours["ink"], dashed=False))
        return lines

    def _limit(self, name: str, on: date, tone: str) -> Upright:
        words = self.say(f"hops.line.{name}", day=day(on, self.look.language, year=False))
        return Upright(float(on.toordinal()), words, tone)

    def _days(self, n: int) -> str:
        return self.say("matter.days", n=n)

    def twin(self, answer: dict[str, Any]) -> str:
        """One row per hop."""
        heads = [
            self.say(f"hops.head.{head}")
            for head in ("body", "level", "arrived", "by", "left", "held", "allowed", "kind", "over")
        ]
        language = self.look.language
        lines: list[list[Cell]] = [
            [
                self._body(hop),
                level_name(self.store, hop["level"]),
                Html(f'<span data-at="{hop["arrived_on"]}">{day(hop["arrived_on"], language)}</span>'),
                known(language, f"step.{hop['arrived_by']}") or hop["arrived_by"],
                day(hop["left_on"], language) if hop["left_on"] else self.say("hops.still"),
                (count(hop["held_days"]), hop["held_days"]),
                (count(hop["allowed_days"]), hop["allowed_days"]),
                (known(language, f"day_kind.{hop['allowed_kind']}") or NONE)
                if hop["allowed_days"] is not None
                else NONE,
                (count(hop["stall_days"]), hop["stall_days"]),
            ]
            for hop in answer["hops"]
        ]
        return grid(heads, lines)
