"""Everything about one matter on one page, reached from any matter's name."""

from typing import Any

from dashboards.pages.base import Page
from dashboards.store import Store
from dashboards.views.matter import (
    HopTimeline,
    MatterAnswer,
    MatterElements,
    MatterFacts,
    MatterHistory,
    MatterLateness,
    MatterSteps,
)


class Matter(Page):
    """One matter's holders, deadlines, elements, steps and former readings; `Matter(matter="M001")` in a notebook."""

    name_key = "page.matter"
    turned = False
    of_units = False
    of_weeks = False
    kinds = (MatterAnswer, MatterFacts, HopTimeline, MatterLateness, MatterElements, MatterHistory, MatterSteps)

    def __init__(self, store: Store | None = None, *, matter: str = "", **options: Any) -> None:
        super().__init__(store, **options)
        if matter:
            self.store.matter = matter
