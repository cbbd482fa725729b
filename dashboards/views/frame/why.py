"""Why a number is what it is: definition, denominator, SQL, snapshot, and the rows behind it."""

from datetime import date, datetime
from typing import Any

import polars as pl

from dashboards.formats import count, day, esc, measure, names, percent
from dashboards.markup import click, table
from dashboards.standing import compared
from dashboards.store import one
from dashboards.text import known
from dashboards.view import View
from data.schemas import column_named
from queries import indicator, indicators

SHOWN = 200
CODES = {
    "unit_type": ("type",),
    "purpose": ("purpose",),
    "state": ("state",),
    "fact_kind": ("fact",),
    "reporter_kind": ("reporter",),
    "report_kind": ("report",),
    "inspection_kind": ("inspection",),
    "plan_status": ("plan",),
    "theme_code": ("theme",),
    "peer_class": ("peer",),
    "before_state": ("state",),
    "order_verdict": ("order",),
    "rule": ("rule",),
    "check_state": ("found",),
    "verdict": ("verdict",),
    "aspect": ("aspect",),
    "flag": ("flag",),
    "category": ("category",),
    "term": ("term",),
    "last_step": ("step",),
    "arrived_by": ("step",),
    "left_by": ("step",),
    "allowed_kind": ("day_kind",),
    "level": ("level",),
    "element_state": ("element",),
}
"""Columns that hold codes, and the families of messages that spell them out."""


SHARES = ("rate", "low", "high")
"""Columns that hold shares from 0 to 1."""

COUNTED = ("numerator", "denominator", "is_immature")
"""Columns that say how a row counts; the drawer says it in words."""


class Why(View):
    """The drawer behind every number; closed it is empty."""

    view = "why"
    shape = "plain"

    def answer(self) -> dict[str, Any] | None:
        """The open indicator's row and the rows counted, of the share compared if it compares one; None when closed."""
        name = self.store.why
        if name not in indicators():
            return None
        of = compared(self.store).name if indicators()[name].over else None
        return {
            "name": name,
            "of": of,
            "now": one(self.store.ask(name, of=of)),
            "rows": self.store.answers.rows(name, of),
        }

    def patch(self, answer: dict[str, Any] | None) -> dict[str, Any]:
        """The drawer's text; every row of data is escaped."""
        if answer is None:
            return {"html": "", "empty": True}
        defined, now, language = indicator(answer["name"], answer["of"]), answer["now"], self.look.language
        frame: pl.DataFrame = answer["rows"]
        facts = {
            "why.question": getattr(defined, f"question_{language}"),
            "why.value": measure(now["value"], defined.unit),
            "why.numerator": f"{getattr(defined, f'numerator_{language}')}: {count(now['numerator'])}",
            "why.denominator": f"{getattr(defined, f'denominator_{language}')}: {count(now['denominator'])}",
            "why.missing": f"{getattr(defined, f'missing_{language}')} ({count(now['n_missing'])})",
            "why.maturity": self.say(now["maturity"]) if now["maturity"] else "–",
            "why.snapshot": self.store.source.snapshot_id,
            "why.selection": self._selection(),
        }
        listed = "".join(f"<dt>{self.say(key)}</dt><dd>{esc(text)}</dd>" for key, text in facts.items())
        title = getattr(defined, f"title_{language}")
        close = f"<button data-focus data-escape {click({'why': ''})}>{self.say('why.close')}</button>"
        return {
            "html": (
                f'<aside role="dialog" aria-label="{esc(title)}"><header class="head"><h2>{esc(title)}</h2>'
                f"{close}</header><dl>{listed}</dl>"
                f"<details><summary>{self.say('why.sql')}</summary><pre tabindex=0>{esc(defined.sql)}</pre></details>"
                f"{self._rows(frame)}</aside>"
            ),
        }

    def _rows(self, frame: pl.DataFrame) -> str:
        shares = indicator(self.store.why).unit == "share"
        n, m = frame["denominator"].sum(), frame["numerator"].sum()
        said = self.say("why.rows.share", n=count(n), m=count(m)) if shares else self.say("why.rows", n=frame.height)
        language = self.look.language
        other = "_en" if language == "zh" else "_zh"
        columns = [name for name in frame.columns if not name.endswith(other) and name not in COUNTED]
        counted = ["numerator"] if shares else []
        head = "".join(f"<th>{esc(self._column(name))}</th>" for name in [*counted, *columns])
        body = "".join(
            "<tr>"
            + "".join(f"<td>{self.say('yes' if row[name] else 'no')}</td>" for name in counted)
            + "".join(f"<td>{self._cell(name, row[name])}</td>" for name in columns)
            + "</tr>"
            for row in frame.head(SHOWN).iter_rows(named=True)
        )
        more = ""
        if frame.height > SHOWN:
            more = f"<p>{self.say('why.more', n=SHOWN)}</p><pre tabindex=0>{esc(self._command())}</pre>"
        return (
            f'<h3 data-rows="{frame.height}" data-numerator="{m:.15g}" data-denominator="{n:.15g}">{said}</h3>{more}'
            f"{table(head, body)}"
        )

    def _column(self, name: str) -> str:
        bare = name.removesuffix("_zh").removesuffix("_en")
        return known(self.look.language, f"column.{bare}") or self._described(bare)

    def _described(self, name: str) -> str:
        """A column of the snapshot as its schema describes it."""
        column = column_named(name)
        return name if column is None else column.zh if self.look.language == "zh" else column.en

    def _cell(self, name: str, value: Any) -> str:
        language = self.look.language
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if isinstance(value, datetime):
            return f"{day(value.date(), language)} {value:%H:%M}"
        if isinstance(value, float):
            return percent(value) if name in SHARES else f"{value:g}"
        if isinstance(value, date):
            return day(value, language)
        for kind in CODES.get(name, ()):
            if words := known(language, f"{kind}.{value}"):
                return esc(words)
        return esc(value)

    def _selection(self) -> str:
        language, chosen = self.look.language, self.store.selection
        kinds = [known(language, f"type.{kind}") or kind for kind in chosen.unit_types]
        first, last = self.store.weeks
        parts = [
            self.say("selection.groups", groups=names(chosen.groups, language))
            if chosen.groups
            else self.say("selection.groups.all"),
            self.say("selection.types", types=names(kinds, language)) if kinds else self.say("selection.types.all"),
            self.say("weeks", first=first, last=last),
            self.say("until", day=day(chosen.events_until, language)),
        ]
        return " · ".join(parts)

    def _command(self) -> str:
        chosen = self.store.selection
        parts = [
            f"campaign query {self.store.why} --rows --known-on {chosen.known_on} --events-until {chosen.events_until}"
        ]
        parts += [f"--group {group}" for group in chosen.groups] + [f"--unit-type {kind}" for kind in chosen.unit_types]
        if indicators()[self.store.why].over:
            parts.append(f"--of {compared(self.store).name}")
        if chosen.period:
            parts.append(f"--from {chosen.period[0]} --to {chosen.period[1]}")
        return " ".join([*parts, "--format csv"])
