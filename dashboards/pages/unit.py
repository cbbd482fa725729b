"""Everything about one unit on one page, reached from any unit's name."""

from typing import Any

from dashboards.pages.base import Page
from dashboards.store import Store
from dashboards.views.units import Actions, Facts, Found, Inspected, LeftOut, Visited


class Unit(Page):
    """One unit's figures, actions, visits, problems and inspections; `Unit(unit="U001")` in a notebook."""

    name_key = "page.unit"
    turned = False
    of_units = False
    kinds = (Facts, Actions, Visited, Found, LeftOut, Inspected)

    def __init__(self, store: Store | None = None, *, unit: str = "", **options: Any) -> None:
        super().__init__(store, **options)
        if unit:
            self.store.unit = unit
