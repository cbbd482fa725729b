"""Everything about one group on one page, reached from any group's code."""

from typing import Any

from dashboards.pages.base import Page
from dashboards.store import Store
from dashboards.views.plan import PlanItems
from dashboards.views.problems import ProblemList
from dashboards.views.reporting import FiledReports, NewestWeeks
from dashboards.views.standards import ActionMatrix, OrderBroken
from dashboards.views.units import GroupFacts, GroupShares, Units
from dashboards.views.visits import Trend, UnitWeeks


class Group(Page):
    """One group's standing, shares, weeks, actions, problems, plan and units; `Group(groups=["C1"])` in a notebook.

    Without exactly one group selected it is about the first of those selected, or of all.
    """

    name_key = "page.group"
    turned = False
    of_units = False
    kinds = (
        *(GroupFacts, GroupShares, Trend, NewestWeeks, FiledReports),
        *(UnitWeeks, ActionMatrix, OrderBroken, ProblemList, PlanItems, Units),
    )

    def __init__(self, store: Store | None = None, **options: Any) -> None:
        super().__init__(store, **options)
        known = self.store.param.groups.objects
        if len(self.store.groups) != 1 and known:
            self.store.groups = [next((group for group in known if group in self.store.groups), known[0])]
