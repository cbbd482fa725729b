"""The lights of the matters, worked out, and the slips that were really issued, counted apart."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc
from dashboards.markup import click
from dashboards.register import OPEN, matters
from dashboards.text import known
from dashboards.theme import LIGHTS
from dashboards.view import View
from queries.stuck import pressure

ORDER = ("red", "amber", "blue", "green", "grey", "done_late")
SLIPS = ("red", "amber", "blue")


class MatterLights(View):
    """One card per light and one for the slips; a card's number picks its matters for the register below."""

    view = "matter_lights"
    shape = "plain wide kpis"

    def answer(self) -> dict[str, Any]:
        """The matters, and how many slips were issued on them."""
        issued = self.store.answers.of_day(pressure).filter(pl.col("rung").is_in(SLIPS))
        return {"matters": matters(self.store), "issued": issued.height}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Seven cards."""
        found = answer["matters"]
        cards = [self._light(light, found.filter(pl.col("light") == light)) for light in ORDER]
        return {"html": "".join([*cards, self._slips(found, answer["issued"])])}

    def _light(self, light: str, own: pl.DataFrame) -> str:
        mark, name = LIGHTS[light], known(self.look.language, f"light.{light}") or light
        letter = self.say(f"light.letter.{light}")
        title = f'<span class="mark" style="color:var(--{mark.tone})">{mark.glyph} {letter}</span> {esc(name)}'
        return (
            f'<article class="kpi" data-light="{light}"><h2>{title}</h2>'
            f'{self._number("light", light, own.height, name)}<p class="n">{self._note(light, own)}</p></article>'
        )

    def _number(self, kind: str, code: str, n: int, name: str) -> str:
        if not n:
            return f'<span class="value none">{count(0)}</span>'
        pressed = str(self.store.picks.get(kind) == code).lower()
        words = esc(self.say("register.only", name=name))
        return (
            f'<button class="value" {click({"pick": {kind: code}})} aria-pressed="{pressed}" title="{words}">'
            f"{count(n)}</button>"
        )

    def _note(self, light: str, own: pl.DataFrame) -> str:
        if own.is_empty() or light not in ("green", "red"):
            return self.say(f"light.note.{light}")
        if light == "green":
            n = own.filter(OPEN).height
            return self.say("light.note.green.of", open=count(n), closed=count(own.height - n))
        most = -int(own["workdays_left"].min())
        return self.say("light.note.red.of", n=most, days=count(most))

    def _slips(self, found: pl.DataFrame, issued: int) -> str:
        slipped = found.filter(pl.col("slip_colour").is_not_null())
        head = f'<h2>{self.say("slips.title")}</h2><span class="value">{count(issued)}</span>'
        if slipped.is_empty():
            return f'<article class="kpi slips">{head}<p class="n">{self.say("slips.none")}</p></article>'
        bare = found.filter(pl.col("light") == "red", pl.col("slip_colour").is_null()).height
        said = self.say("slips.n", n=slipped.height, matters=count(slipped.height))
        note = f'<p class="n">{self.say("slips.bare", n=bare, bare=count(bare))}</p>' if bare else ""
        last = dict(slipped.group_by("slip_colour").len().iter_rows())
        chips = "".join(self._slip(colour, last[colour]) for colour in SLIPS if colour in last)
        return f'<article class="kpi slips">{head}<p class="n">{said}</p><p class="chips">{chips}</p>{note}</article>'

    def _slip(self, colour: str, n: int) -> str:
        mark, name = LIGHTS[colour], known(self.look.language, f"slip.{colour}") or colour
        pressed, told = str(self.store.picks.get("slip") == colour).lower(), click({"pick": {"slip": colour}})
        shape = f'<span class="shape" style="color:var(--{mark.tone})">{mark.glyph}</span>'
        return f'<button class="chip" {told} aria-pressed="{pressed}">{shape} {esc(name)} {count(n)}</button>'
