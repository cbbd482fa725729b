"""The register of matters: light and slip apart, deadlines as set and as they are now."""

from typing import Any

import polars as pl

from dashboards.formats import NONE, count, day, esc
from dashboards.markup import Cell, Html, click, grid
from dashboards.register import OPEN, matters, narrowed, narrowing
from dashboards.text import known
from dashboards.theme import LIGHTS
from dashboards.view import View

SHOWN = 120
ORDER = ("red", "amber", "blue", "grey", "green", "done_late")


class MatterList(View):
    """One row per matter, the most urgent light first; what is picked on the page narrows it."""

    view = "matter_list"
    shape = "card wide"
    indicator = "matter_on_time"
    tools = ("csv", "png")

    def answer(self) -> pl.DataFrame:
        """The matters that are picked, open ones first, then by light and what is left of their time."""
        rank = pl.col("light").replace_strict({light: at for at, light in enumerate(ORDER)}, default=len(ORDER))
        found = narrowed(self.store).with_columns(is_over=~OPEN, rank=rank)
        return found.sort("is_over", "rank", "workdays_left", "matter_no", nulls_last=True)

    def patch(self, answer: pl.DataFrame) -> dict[str, Any]:
        """A table; what narrows it stands above it and can be taken back."""
        title, picked = self.say("register.title"), narrowing(self.store)
        if answer.is_empty():
            none = matters(self.store).is_empty()
            shown = self.nothing(title, self.say("stuck.none" if none else "register.none"))
            return shown | {"html": shown["html"] + self._narrowed(picked)}
        red = answer.filter(pl.col("light") == "red").height
        counts = {"all": count(answer.height), "open": count(answer.filter(OPEN).height), "red": count(red)}
        finding = self.say("register.say", n=answer.height, **counts)
        legend = self.say("register.shown", n=count(min(SHOWN, answer.height)), all=count(answer.height))
        heads = (
            *(
                "no",
                "matter",
                "light",
                "left",
                "slip",
                "due",
                "extended",
                "level",
                "lead",
                "class",
                "source",
                "urgency",
            ),
            "registered",
        )
        table = grid(
            [self.say(f"register.head.{head}") for head in heads],
            [self._line(row) for row in answer.head(SHOWN).to_dicts()],
        )
        return {"html": self.head(title, finding, legend) + self._narrowed(picked) + table}

    def _narrowed(self, picked: dict[str, str]) -> str:
        """What narrows the register, each as a button that takes it back."""
        buttons = "".join(
            f'<button class="chip" aria-pressed="true" {click({"pick": {kind: self.store.picks[kind]}})}>'
            f"{self.say(f'register.pick.{kind}')} {esc(name)} \u2715</button>"
            for kind, name in picked.items()
        )
        words = self.say("register.group")
        return f'<div class="chips" role="group" aria-label="{words}">{buttons}</div>' if picked else ""

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        language = self.look.language
        tag = f' <span class="tag">{self.say("mosts.yes")}</span>' if row["three_mosts"] else ""
        return [
            row["matter_no"],
            Html(f"{self.matter_name(row)}{tag}"),
            self._light(row),
            self._left(row),
            self._slip(row),
            (self._due(row), row["due_on"]),
            (count(row["count_granted"]) if row["count_granted"] else NONE, row["count_granted"]),
            self._level(row),
            self.body_name(row, row["body_id"]),
            known(language, f"category.{row['matter_class']}") or row["matter_class"],
            known(language, f"source.{row['source']}") or row["source"],
            known(language, f"urgency.{row['urgency']}") or row["urgency"],
            (day(row["registered_on"], language, year=False), row["registered_on"]),
        ]

    def _light(self, row: dict[str, Any]) -> Html:
        if row["light"] is None:
            return Html(f"\u2013 {self.say('register.cancelled')}")
        mark, name = LIGHTS[row["light"]], known(self.look.language, f"light.{row['light']}") or row["light"]
        ended = f" \u00b7 {self.say('register.closed')}" if row["light"] == "green" and row["end"] else ""
        letter = self.say(f"light.letter.{row['light']}")
        lamp = f'<span class="light" style="color:var(--{mark.tone})">{mark.glyph} {letter}</span>'
        return Html(f"{lamp} {esc(name)}{ended}")

    def _slip(self, row: dict[str, Any]) -> Html:
        colour = row["slip_colour"]
        if colour is None:
            return Html(NONE)
        name = known(self.look.language, f"slip.{colour}") or colour
        mark, on = LIGHTS[colour], day(row["slip_on"], self.look.language, year=False)
        said = esc(self.say("register.slip", name=name, day=on))
        return Html(f'<span class="light" style="color:var(--{mark.tone})">{mark.glyph}</span> {said}')

    def _level(self, row: dict[str, Any]) -> str:
        """The level that has it now; a matter that ended lies nowhere."""
        return NONE if row["end"] else known(self.look.language, f"level.{row['level']}") or self.say("level.none")

    def _due(self, row: dict[str, Any]) -> str:
        first, now = (day(row[name], self.look.language, year=False) for name in ("due_on_original", "due_on"))
        return now if row["due_on"] == row["due_on_original"] else self.say("register.moved", first=first, now=now)

    def _left(self, row: dict[str, Any]) -> Cell:
        """Working days left or over for open ones; for closed ones the day."""
        left = row["workdays_left"]
        if left is None and not row["end"]:
            return self.say("register.undue"), None
        if row["end"] or left is None:
            ended = row["closed_on"] or row["cancelled_on"]
            key = "register.ended.cancelled" if row["end"] == "cancelled" else "register.ended.closed"
            return self.say(key, day=day(ended, self.look.language, year=False)), None
        return self.say("register.over" if left < 0 else "register.left", days=count(abs(left))), left
