"""What every page is: views over one store, the shared filters beside them."""

from collections.abc import Sequence
from typing import Any, ClassVar

import panel as pn
from panel.viewable import Viewer

from dashboards.sheet import Sheet
from dashboards.store import Store
from dashboards.surface import Surface
from dashboards.theme import Language, Look, Theme
from dashboards.view import View
from dashboards.views.frame import Banner, Filters, Footer, Notices, Section, Stamp, Why


class Page(Viewer):
    """A page shown live in a notebook cell, or served. `page.store` holds the selection.

    Without a store, the keyword arguments make one: `data` (folder of snapshots), `groups`, `unit_types`,
    `period`, `known_on`, `events_until`; `language` and `theme` choose the look.
    """

    name_key: ClassVar[str]
    kinds: ClassVar[Sequence[type[View] | str]] = ()
    """What it shows, from top to bottom; a text is the key of a section's heading."""
    below: ClassVar[Sequence[type[View]]] = (Footer, Why)
    of_units: ClassVar[bool] = True
    of_weeks: ClassVar[bool] = True
    has_filters: ClassVar[bool] = True
    turned: ClassVar[bool] = True
    """Whether the wall screen turns to it."""

    def __init__(
        self, store: Store | None = None, *, language: Language = "en", theme: Theme = "light", **selection: Any
    ) -> None:
        super().__init__()
        self.store = store or Store(look=Look(language, theme), **selection)
        offered = {"of_units": self.of_units, "of_weeks": self.of_weeks}
        self.filters = Filters(self.store, **offered) if self.has_filters else pn.Column()
        self.stamp = Stamp(self.store)
        self.views: list[View] = [
            *(Banner(self.store), Notices(self.store)),
            *self.own_views(),
            *(kind(self.store) for kind in self.below),
        ]

    def own_views(self) -> list[View]:
        """The views between what every page has above and below."""
        return [Section(self.store, kind) if isinstance(kind, str) else kind(self.store) for kind in self.kinds]

    @property
    def selection(self) -> Any:
        """The selection shown now, frozen."""
        return self.store.selection

    def main(self, *, addressed: bool = False) -> Surface:
        """The page's views on one surface; served, the page's address follows the selection."""
        return Sheet(self.store, self.views, addressed=addressed, layout="grid").surface

    def __panel__(self) -> pn.Column:
        colours = self.store.look.colours
        side = pn.Column(self.filters, width=210, margin=(0, 20, 0, 0))
        return pn.Column(
            self.stamp,
            pn.Row(side, self.main(), sizing_mode="stretch_width", margin=(12, 0, 0, 0)),
            styles={"background": colours["page"], "padding": "16px"},
            sizing_mode="stretch_width",
        )
