"""The calendar of a month: every day with the bodies that are out, and the inspections of the day that is chosen."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from typing import Any

import polars as pl

from dashboards.bodies import PARTNER, badges, body_of, in_order
from dashboards.calendars import calendar_file
from dashboards.formats import NONE, count, day, esc, stretch
from dashboards.formats import month as month_named
from dashboards.markup import Cell, Html, click, grid
from dashboards.text import known
from dashboards.view import View
from queries.inspections import inspections, off_days

DAY = timedelta(days=1)
Row = dict[str, Any]


class InspectionMonth(View):
    """Weeks down, days across; a day is a button that lists its inspections below."""

    view = "inspection_month"
    shape = "card wide"
    indicator = "inspections_merged_share"
    tools = ("table", "csv", "png", "ics")
    shortened = True
    _filing = False

    def heard(self, message: dict[str, Any]) -> None:
        """The calendar as a file is made when it is asked for."""
        if message.get("do") != "ics":
            return super().heard(message)
        self._filing = True
        try:
            self.store.renew()
        finally:
            self._filing = False
        return None

    def shown(self) -> dict[str, Any]:
        """The month, with the file where one was asked for."""
        patch = super().shown()
        if self._filing:
            text = calendar_file(self.store.source, self.store.selection, self.look.language)
            patch["file"] = {"text": text, "kind": "text/calendar;charset=utf-8", "suffix": "ics"}
        return patch

    def answer(self) -> dict[str, Any]:
        """The calendar, the months it spans, the month and day looked at, and who is out on each of its days."""
        found = self.store.answers.listing(inspections)
        if found.is_empty():
            return {"found": found}
        rows = found.filter(pl.col("state") != "merged").to_dicts()
        out = {row["inspection_id"]: self._days(row) for row in rows}
        months = sorted({(one.year, one.month) for days in out.values() for one in days}) or [self._now()]
        month = self._month(months)
        by_day: dict[date, list[Row]] = {}
        for row in rows:
            for one in out[row["inspection_id"]]:
                if (one.year, one.month) == month:
                    by_day.setdefault(one, []).append(row)
        picked = self.store.picks.get("day", "")
        chosen = next((one for one in by_day if one.isoformat() == picked), None)
        return {"found": found, "months": months, "month": month, "by_day": by_day, "day": chosen}

    def _now(self) -> tuple[int, int]:
        return self.store.events_until.year, self.store.events_until.month

    def _month(self, months: list[tuple[int, int]]) -> tuple[int, int]:
        """The picked month, or that of the last day looked at, or the nearest one with an inspection."""
        picked = {f"{year}-{month:02d}": (year, month) for year, month in months}
        year, now = self._now()
        nearest = min(months, key=lambda one: (abs((one[0] - year) * 12 + one[1] - now), one))
        return picked.get(self.store.picks.get("month", ""), nearest)

    def _off(self) -> frozenset[date]:
        return off_days(self.store.source)

    def _days(self, row: Row) -> list[date]:
        """The working days of an inspection; all of them where none is one."""
        span = (row["inspection_to"] - row["inspection_from"]).days + 1
        days = [row["inspection_from"] + n * DAY for n in range(span)]
        return [one for one in days if one not in self._off()] or days

    def patch(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The month's grid, the months to choose from, the chosen day."""
        if answer["found"].is_empty():
            return self.nothing(self.say("month.title", month="").rstrip(", "), self.say("joint.none"))
        by_day: dict[date, list[Row]] = answer["by_day"]
        title = self.say("month.title", month=self._named(answer["month"]))
        out = {row["inspection_id"] for rows in by_day.values() for row in rows}
        finding = self.say("month.clear")
        if out:
            busiest = max(by_day, key=lambda one: (len(by_day[one]), -one.toordinal()))
            told = day(busiest, self.look.language, year=False)
            finding = self.say("month.say", n=len(out), day=told, most=count(len(by_day[busiest])))
        bodies = in_order(answer["found"].to_dicts(), self.look)
        legend = f"{badges(bodies, self.look)}<br>{self.say('month.legend', partner=PARTNER)}"
        html = self.head(title, finding, legend) + self._months(answer) + self._grid(answer)
        return {"html": html + self._listed(answer)}

    def _named(self, month: tuple[int, int]) -> str:
        return month_named(date(*month, 1), self.look.language)

    def _months(self, answer: dict[str, Any]) -> str:
        if len(answer["months"]) < 2:
            return ""
        buttons = "".join(
            f'<button class="chip" aria-pressed="{str(month == answer["month"]).lower()}" '
            f"{click({'pick': {'month': f'{month[0]}-{month[1]:02d}', 'day': ''}})}>{self._named(month)}</button>"
            for month in answer["months"]
        )
        return f'<div class="chips" role="group" aria-label="{self.say("month.months")}">{buttons}</div>'

    def _grid(self, answer: dict[str, Any]) -> str:
        year, month = answer["month"]
        first = date(year, month, 1)
        last = first.replace(day=monthrange(year, month)[1])
        monday = first - first.weekday() * DAY
        weeks = ((last - monday).days + 7) // 7
        lines = []
        for week in range(weeks):
            days = [monday + (7 * week + n) * DAY for n in range(7)]
            cells = [self._cell(one, answer) if one.month == month else "<td></td>" for one in days]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        heads = "".join(f'<th scope="col">{self.say(f"weekday.{n}")}</th>' for n in range(7))
        table = f'<table data-more="1"><thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
        return f'<div class="scroll month" tabindex="0" role="region">{table}</div>'

    def _cell(self, one: date, answer: dict[str, Any]) -> str:
        rows = answer["by_day"].get(one, [])
        kinds = ["off"] if one in self._off() else []
        kinds += ["until"] if one == self.store.events_until else []
        title = f' title="{self.say("month.off")}"' if "off" in kinds else ""
        if not rows:
            return f'<td class="{" ".join(kinds)}"{title}><span class="date">{one.day}</span></td>'
        counted = Counter(row["body_id"] for row in rows)
        bodies = in_order(rows, self.look)
        near = sum(row["is_near"] for row in rows)
        kinds += ["ahead"] if all(row["state"] == "ahead" for row in rows) else []
        marks = "".join(body.badge(self.look, counted[body.body_id]) for body in bodies)
        told = self.say(
            "month.day",
            n=len(rows),
            day=day(one, self.look.language),
            bodies=" · ".join(esc(f"{body.name} {counted[body.body_id]}") for body in bodies),
            near=f" · {self.say('month.near', n=near)}" if near else "",
        )
        mark = f'<span class="meets">\u2229{near}</span>' if near else ""
        pressed = str(one == answer["day"]).lower()
        return (
            f'<td class="{" ".join(kinds)}"><button aria-pressed="{pressed}" aria-label="{told}" '
            f"{click({'pick': {'day': one.isoformat(), 'month': f'{one.year}-{one.month:02d}'}})}>"
            f'<span class="date">{one.day}{mark}</span>{marks}</button></td>'
        )

    def _listed(self, answer: dict[str, Any]) -> str:
        chosen = answer["day"]
        if chosen is None:
            return f'<p class="legend">{self.say("month.hint")}</p>' if answer["by_day"] else ""
        lines = "".join(f"<li>{self._line(row)}</li>" for row in answer["by_day"][chosen])
        head = self.say("month.of_day", day=day(chosen, self.look.language))
        return f'<h3>{head}</h3><ul class="told">{lines}</ul>'

    def _line(self, row: Row) -> str:
        language, body = self.look.language, body_of(row, self.look)
        told = [
            known(language, f"theme.{row['theme_code']}") or row["theme_code"],
            stretch(row["inspection_from"], row["inspection_to"], language),
            self.say(f"inspected.{row['state']}"),
            *([f"\u2229 {self.say('timeline.meets')}"] if row["is_near"] else []),
        ]
        where = f"{self.unit_name(row, 'unit_name')} {self.group_name(row['group_id'])}"
        return f"{body.badge(self.look)} {esc(body.name)} → {where} · {esc(' · '.join(told))}"

    def twin(self, answer: dict[str, Any]) -> str:
        """Every inspection of the selection, one row each."""
        names = ("body", "kind", "unit", "group", "theme", "from", "to", "days", "state", "near", "repeated")
        heads = [self.say(f"inspected.head.{name}") for name in names]
        return grid(heads, [self._row(row) for row in answer["found"].iter_rows(named=True)])

    def _row(self, row: Row) -> list[Cell]:
        language, body = self.look.language, body_of(row, self.look)
        return [
            f"{PARTNER} {body.name}" if body.is_partner else body.name,
            known(language, f"inspection.{row['inspection_kind']}") or row["inspection_kind"],
            self.unit_name(row, "unit_name"),
            self.group_name(row["group_id"]),
            known(language, f"theme.{row['theme_code']}") or row["theme_code"],
            *((day(row[f"inspection_{end}"], language), row[f"inspection_{end}"]) for end in ("from", "to")),
            (f"{row['days']:g}", row["days"]),
            Html(self.say(f"inspected.{row['state']}")),
            *(self.say("yes") if row[name] else NONE for name in ("is_near", "is_repeated")),
        ]
