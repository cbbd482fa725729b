"""What a test reads off a served page and does to it."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from dashboards import pages
from dashboards.pages.base import Page as Shown
from dashboards.views.frame import Section


def names(kind: type[Shown]) -> tuple[str, ...]:
    """The names of the views on a page, those around it included."""
    views = [Section.named(one) if isinstance(one, str) else one.view for one in kind.kinds]
    return ("stamp", "banner", "notices", *views, "footer", "why")


OVERVIEW = names(pages.Overview)
UNIT = names(pages.Unit)
REFRESH = ("stamp", "banner", "notices", *(one.view for one in pages.Refresh.desk_kinds), "footer")


class Screen:
    """One page in a browser, whose views are found by their names."""

    def __init__(self, page: Page, views: tuple[str, ...] = OVERVIEW) -> None:
        self.page, self.names = page, views

    def open(self, address: str, selection: str = "snapshot=") -> "Screen":
        """Go there and wait until every view shows the selection."""
        self.page.goto(address)
        return self.settled(selection)

    def settled(self, selection: str = "snapshot=") -> "Screen":
        """Wait until every view is painted with a stamp that holds this piece of a selection."""
        stamped = self.page.locator(f'[data-view][data-selection*="{selection}"]')
        expect(stamped).to_have_count(len(self.names))
        expect(self.page.locator("[data-view]")).to_have_count(len(self.names))
        return self

    def view(self, name: str) -> Locator:
        """The element of a view."""
        return self.page.locator(f'[data-view="{name}"]')

    def stamps(self) -> dict[str, str]:
        """The stamp of every view."""
        read: list[list[str]] = self.page.locator("[data-view]").evaluate_all(
            "views => views.map(view => [view.dataset.view, view.dataset.selection])"
        )
        return dict((name, stamp) for name, stamp in read)

    def stamp(self) -> str:
        """The one stamp all views share."""
        shown = self.stamps()
        assert sorted(shown) == sorted(self.names)
        assert len(set(shown.values())) == 1, shown
        return next(iter(shown.values()))

    def part(self, name: str) -> str:
        """One part of the shared stamp: known_on, events_until, group, type, weeks or snapshot."""
        return dict(piece.split("=", 1) for piece in self.stamp().split(";"))[name]

    def kpis(self) -> list[str]:
        """The headline figures as shown."""
        return self.page.locator(".kpi .value").all_inner_texts()

    def chip(self, name: str) -> Locator:
        """The filter's button of a group or unit type."""
        return self.page.locator(".chips button").filter(has_text=re.compile(f"^{re.escape(name)}$"))

    def all_drawn(self) -> None:
        """Wait until the figures below the fold are drawn too."""
        for figure in self.page.locator("[data-view] .figure").all():
            expect(figure.locator("canvas").first).to_be_attached()

    def figures(self) -> Any:
        """The canvases of all figures, as handles to tell whether they are the same nodes later."""
        return self.page.locator("[data-view] canvas").element_handles()
