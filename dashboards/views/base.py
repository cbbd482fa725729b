"""What every view is: a frame in, a patch out, shown on one surface after another without rebuilding any."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import holoviews as hv
from panel.viewable import Viewer

from dashboards.desk import Desk
from dashboards.drawing import drawn
from dashboards.formats import esc
from dashboards.store import Store
from dashboards.surface import Surface
from dashboards.text import say
from dashboards.theme import Look, stylesheet

TWO_TONES = {"colour": ["#888888", "#999999"]}
"""Example colours for `FigureView.layers`: with two different ones HoloViews maps the column, not its value."""


class View(Viewer):
    """One visual over one store. Alone in a notebook cell or on a page it is the same object.

    `store` is shared between views that are to move together; without one, the keyword arguments of
    `dashboards.Store` (data, look, groups, unit_types, period, known_on, events_until) make a store of its own.
    """

    view: ClassVar[str]

    def __init__(self, store: Store | None = None, **selection: Any) -> None:
        super().__init__()
        self.store = store or Store(**selection)

    @property
    def look(self) -> Look:
        """The language and theme it is shown in."""
        return self.store.look

    def say(self, key: str, /, **values: object) -> str:
        """A message of the catalogue in the view's language."""
        return say(self.look.language, key, **values)

    def answer(self) -> Any:
        """What the view needs to know about the selection: frames, asked of the store."""
        raise NotImplementedError

    def patch(self, answer: Any) -> dict[str, Any]:
        """The answer as what the browser shows: `html`, and for figures `figure`; `empty` when there is nothing."""
        raise NotImplementedError

    def heard(self, message: dict[str, Any]) -> None:
        """A click on the view."""
        self.store.hear(message)

    def figure(self) -> dict[str, Any] | None:
        """The view's figure as a Bokeh JSON item without data; None for text alone."""
        return None

    def __panel__(self) -> Surface:
        return Sheet(self.store, [self]).surface


class FigureView(View):
    """A view with a figure. HoloViews draws it once; afterwards only its columns and ranges change."""

    height: ClassVar[int] = 320
    hover: ClassVar[Mapping[str, str]] = {}
    """By layer, the message shown under the pointer; `@name` in it stands for a column of the layer."""
    right_axis: ClassVar[bool] = False

    @classmethod
    def layers(cls, look: Look) -> dict[str, hv.Element]:
        """The HoloViews elements by name, back to front, drawn from two rows of example data."""
        raise NotImplementedError

    def heard(self, message: dict[str, Any]) -> None:
        """A tap on the figure, or a click beside it."""
        if "tap" in message:
            self.tapped(*message["tap"])
        else:
            super().heard(message)

    def tapped(self, x: float, y: float) -> None:
        """A tap at the figure's own coordinates; by default nothing happens."""

    @classmethod
    def item(cls, look: Look) -> dict[str, Any]:
        """The figure as a Bokeh JSON item without data, drawn at most once per process and look."""
        hover = {layer: say(look.language, key) for layer, key in cls.hover.items()}
        return drawn(cls.__name__, look, cls.layers, cls.height, hover, right_axis=cls.right_axis)

    def figure(self) -> dict[str, Any]:
        """The figure in the viewer's look."""
        return self.item(self.look)


class DeskView(View):
    """A view of the steward's desk: what it shows is not selected but under way."""

    def __init__(self, store: Store, desk: Desk) -> None:
        super().__init__(store)
        self.desk = desk


class Sheet:
    """Several views on one surface: one answer to a change, sent in one piece."""

    def __init__(self, store: Store, views: Sequence[View], *, addressed: bool = False, layout: str = "") -> None:
        self.store = store
        self._views = {view.view: view for view in views}
        self.surface = Surface(
            figures=json.dumps({name: item for name, view in self._views.items() if (item := view.figure())}),
            patch=self.refresh(),
            addressed=addressed,
            told=self._told,
            stylesheets=[stylesheet(store.look.theme)],
            css_classes=[layout] if layout else [],
            sizing_mode="stretch_width",
            margin=0,
        )
        self.surface.sheet = self  # the surface on show keeps its views following the store
        store.attach(self)

    def refresh(self) -> str:
        """Work out what all views show for the store's selection."""
        views = {name: view.patch(view.answer()) for name, view in self._views.items()}
        return json.dumps({"selection": self.store.stamp, "query": self.store.query, "views": views})

    def show(self, patch: str) -> None:
        """Show it; nothing is sent when nothing changed."""
        self.surface.patch = patch

    def _told(self, message: dict[str, Any]) -> None:
        view = self._views.get(message.pop("view", ""))
        if view is None:
            self.store.hear(message)
        else:
            view.heard(message)


def click(message: Mapping[str, Any]) -> str:
    """The attribute that makes an element tell the store something when it is clicked."""
    return f'data-do="{esc(json.dumps(message))}"'


def submit(message: Mapping[str, Any]) -> str:
    """The attribute that makes a form tell its view something, with the fields, when it is sent off."""
    return f'data-submit="{esc(json.dumps(message))}"'


def card(title: str, finding: str, legend: str = "", links: str = "") -> str:
    """The head of a chart: what is shown, what is seen, how to read it. All three are markup already."""
    return f'<header class="head"><h2>{title}</h2><nav>{links}</nav></header><p class="finding">{finding}</p>' + (
        f'<p class="legend">{legend}</p>' if legend else ""
    )


def table(heads: str, lines: str) -> str:
    """A table that scrolls inside its card; both arguments are markup already."""
    rows = f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="region">{rows}</div>'
