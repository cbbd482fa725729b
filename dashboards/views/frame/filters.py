"""The shared filters: group, unit type, period and the two clocks, as widgets over the store's parameters."""

from typing import Any

import panel as pn
from panel.viewable import Viewer

from dashboards.store import Store
from dashboards.text import say
from dashboards.theme import stylesheet


class Filters(Viewer):
    """The five controls. They change the store, and a change of the store moves them."""

    def __init__(
        self, store: Store | None = None, *, of_units: bool = True, of_weeks: bool = True, **selection: Any
    ) -> None:
        """`of_units` says whether group and unit type can be chosen; one unit's page has no use for them, nor has what
        comes from no group.

        `of_weeks` says the same of the weeks: a matter is shown from its first day to its last.
        """
        super().__init__()
        self.store = store or Store(**selection)
        self.of_units, self.of_weeks = of_units, of_weeks

    def __panel__(self) -> pn.Column:
        language, parameters = self.store.look.language, self.store.param
        sheets = [stylesheet(self.store.look.theme, "filters")]
        common: dict[str, Any] = {"stylesheets": sheets, "sizing_mode": "stretch_width", "margin": (0, 0, 18, 0)}

        def label(name: str) -> str:
            return say(language, f"filter.{name}")

        chips = {
            "color": "default",
            "variant": "outline",
            "css_classes": ["chips"],
            "description": None,
            **common,
        }
        controls = [
            _titled(
                label("groups"), sheets, pn.widgets.CheckButtonGroup.from_param(parameters.groups, label="", **chips)
            ),
            _titled(
                label("unit_types"),
                sheets,
                pn.widgets.CheckButtonGroup.from_param(parameters.unit_types, label="", **chips),
            ),
            _period(parameters.period, label=label("period"), **common),
            pn.widgets.Select.from_param(parameters.known_on, label=label("known_on"), description=None, **common),
            pn.widgets.Select.from_param(
                parameters.events_until, label=label("events_until"), description=None, **common
            ),
        ]
        if not self.of_weeks:
            del controls[2]
        if not self.of_units or not self.store.param.groups.objects:
            controls = controls[2:]
        return pn.Column(*controls, css_classes=["filters"], sizing_mode="stretch_width", margin=0)


def _titled(title: str, sheets: list[str], widget: pn.widgets.Widget) -> pn.Column:
    """A widget under a plain title: the group of buttons has no label of its own."""
    heading = pn.pane.HTML(f"<h3>{title}</h3>", stylesheets=sheets, css_classes=["filter-title"], margin=0)
    return pn.Column(heading, widget, sizing_mode="stretch_width", margin=0)


def _period(parameter: Any, **options: Any) -> pn.widgets.IntRangeSlider:
    """The weeks; the selection follows when the handle is let go, not at every step of a drag."""
    store = parameter.owner
    slider = pn.widgets.IntRangeSlider(
        start=parameter.bounds[0], end=max(parameter.bounds[1], 2), value=store.period, step=1, **options
    )

    def let_go(event: Any) -> None:
        store.period = (int(event.new[0]), min(int(event.new[1]), store.param.period.bounds[1]))

    def moved(_event: Any) -> None:
        slider.param.update(end=max(store.param.period.bounds[1], 2), value=store.period)

    slider.param.watch(let_go, "value_throttled")
    store.param.watch(moved, ["period"])
    store.param.watch(moved, ["period"], what="bounds")
    return slider
