"""Everything about one unit: its name and its figures."""

from typing import Any

import polars as pl

from dashboards.formats import count, esc, measure
from dashboards.text import known
from dashboards.view import View
from queries import indicator

FIGURES = (
    *("completion_rate", "on_time_rate", "content_coverage", "visits_per_unit", "longest_gap"),
    *("weekly_coverage", "event_to_report_latency", "rectification_rate", "inspection_burden", "coursework_mark"),
)


class Facts(View):
    """The unit's name, type and group, and its figures beside those of its group."""

    view = "facts"
    shape = "card wide"

    def answer(self) -> dict[str, Any]:
        """The unit's row and its row of each indicator; all units to choose from when none is chosen."""
        units = self.store.every_unit()
        mine = pl.col("unit_id") == self.store.unit
        unit = units.filter(mine).to_dicts()
        figures: dict[str, Any] = {}
        if unit:
            for name in FIGURES:
                of_group = self.store.ask(name, "group").filter(pl.col("group_id") == unit[0]["group_id"])
                figures[name] = (
                    self.store.ask(name, "unit").filter(mine).to_dicts(),
                    of_group["value"][0] if of_group.height else None,
                )
        return {"unit": unit, "figures": figures, "units": units}

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """A heading and a row of figures."""
        name = f"name_{self.look.language}"
        back = f'<nav class="back"><a href="{esc(self.store.link("./"))}">{self.say("unitpage.back")}</a></nav>'
        if not answer["unit"]:
            return {"html": f"{back}<h1>{self.say('unitpage.choose')}</h1>{self._choices(answer['units'])}"}
        unit = answer["unit"][0]
        kind = known(self.look.language, f"type.{unit['unit_type']}") or unit["unit_type"]
        facts = self.say("unitpage.facts", type=esc(kind), group=self.group_name(unit["group_id"]))
        cards = "".join(self._tile(key, *answer["figures"][key]) for key in FIGURES)
        said = f"<p>{facts}</p><p>{self._said(answer['figures'])}</p>"
        return {"html": f'{back}<h1>{esc(unit[name])}</h1>{said}<div class="row">{cards}</div>'}

    def _said(self, figures: dict[str, Any]) -> str:
        """What is done of what is due, and how often the unit was visited, in one sentence."""
        done, on_time, visits = (
            (figures[name][0] or [{}])[0] for name in ("completion_rate", "on_time_rate", "visits_per_unit")
        )
        visited = self.say("unitpage.visited.times", n=visits.get("numerator") or 0)
        if not done.get("denominator"):
            return self.say("unitpage.nothing.due", visited=visited)
        return self.say(
            "unitpage.say",
            due=count(done["denominator"]),
            done=count(done["numerator"]),
            on_time=count(on_time["numerator"]),
            missing=count(done["n_missing"]),
            visited=visited,
        )

    def _choices(self, units: pl.DataFrame) -> str:
        lists = []
        for (group,), members in units.group_by("group_id", maintain_order=True):
            items = "".join(f"<li>{self.unit_name(row)}</li>" for row in members.iter_rows(named=True))
            lists.append(f'<h3>{self.group_name(str(group) if group else None)}</h3><ul class="choices">{items}</ul>')
        return "".join(lists)

    def _tile(self, name: str, found: list[dict[str, Any]], of_group: float | None) -> str:
        defined = indicator(name)
        title = esc(getattr(defined, f"title_{self.look.language}"))
        row = found[0] if found else {"value": None, "numerator": None, "denominator": None}
        notes = []
        if row["denominator"] and defined.unit == "share":
            notes.append(self.say("of", part=count(row["numerator"]), whole=count(row["denominator"])))
        elif row["denominator"] and defined.aggregation == "median":
            notes.append(f"n {count(row['denominator'])}")
        if of_group is not None:
            notes.append(self.say("unitpage.group", value=measure(of_group, defined.unit)))
        value = f'<b class="value">{measure(row["value"], defined.unit)}</b>'
        return f'<article class="kpi"><h2>{title}</h2>{value}<p class="n">{" · ".join(notes)}</p></article>'
