"""Every group's work and news in one table."""

from typing import Any

import polars as pl

from dashboards.formats import count, measure, percent
from dashboards.markup import Cell, grid
from dashboards.view import View
from queries import work_and_news

PARTS = ("due", "told", "told_late", "late", "not_done", "in_progress", "not_reported", "unclear")
LAST = ("reports", "unfiled", "lag", "median", "p90", "arriving")


class ReportingGroups(View):
    """One row per group: its due actions by how they were done and told, its reports, its days to report."""

    view = "reporting_groups"
    shape = "card wide"
    indicator = "report_timeliness"
    tools = ("csv", "png")

    def answer(self) -> list[dict[str, Any]]:
        """One row per group of the selection, in the usual order."""
        columns = {
            "reports": ("report_timeliness", ("numerator", "denominator", "n_missing")),
            "report_lag": ("report_lag", ("value",)),
            "latency": ("event_to_report_latency", ("value", "p90", "denominator")),
            "arriving": ("late_arriving_share", ("value", "numerator", "denominator")),
        }
        found: dict[str, dict[str, Any]] = {}
        for row in self.store.answers.listing(work_and_news).iter_rows(named=True):
            found[row["group_id"]] = row
        for each, (name, wanted) in columns.items():
            for row in self.store.ask(name, "group").filter(pl.col("denominator") > 0).iter_rows(named=True):
                held = found.setdefault(row["group_id"], {"group_id": row["group_id"]})
                held |= {f"{each}.{column}": row[column] for column in wanted}
        order = self.store.source.extent.groups
        return sorted(found.values(), key=lambda row: order.index(row["group_id"]))

    def patch(self, answer: list[dict[str, Any]]) -> dict[str, Any]:
        """The table; every column sorts."""
        title = self.say("reporting_groups.title")
        if not answer:
            return self.nothing(title)
        heads = [self.say("twin.group")]
        heads += [self.say(f"reporting_groups.{name}") for name in (*PARTS, *LAST)]
        html = self.head(title, self.say("reporting_groups.say"))
        return {"html": html + grid(heads, [self._line(row) for row in answer])}

    def _line(self, row: dict[str, Any]) -> list[Cell]:
        part, whole = row.get("reports.numerator"), row.get("reports.denominator")
        days = ("report_lag.value", "latency.value", "latency.p90")
        return [
            self.group_name(row["group_id"]),
            *((count(row.get(name)), row.get(name)) for name in PARTS),
            (self.say("of", part=count(part), whole=count(whole)) if whole else count(None), part),
            (count(row.get("reports.n_missing")), row.get("reports.n_missing")),
            *((measure(row.get(name), "days"), row.get(name)) for name in days),
            (percent(row.get("arriving.value")), row.get("arriving.value")),
        ]
