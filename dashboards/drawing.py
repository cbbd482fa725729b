"""HoloViews draws each kind of figure once per process; every viewer gets a copy made in the browser."""

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

import holoviews as hv
import holoviews.plotting.bokeh
from bokeh.core.properties import value
from bokeh.embed import json_item
from bokeh.models import FixedTicker, HoverTool, LinearAxis

from dashboards.theme import FONT, Look, Theme, dress

Layers = Callable[[Look], Mapping[str, hv.Element]]

_lock = threading.Lock()
_items: dict[tuple[str, Theme], dict[str, Any]] = {}

HEIGHT = 320


def drawn(
    kind: str, look: Look, layers: Layers, hover: Mapping[str, str], *, right_axis: bool = False
) -> dict[str, Any]:
    """The figure as a Bokeh JSON item: `layers(look)` gives its HoloViews elements by name, from back to front.

    The figure holds no data: every renderer carries its layer's name and waits for the first patch; the browser gives
    it the height of its view. `hover` gives, for a layer, the text under the pointer, with `@name` for a column.
    `right_axis` adds a second vertical axis, for values written at the end of each row.
    """
    key = (kind, look.theme)
    with _lock:
        if key not in _items:
            _items[key] = _draw(layers, look, hover, right_axis)
        return _items[key]


def _draw(elements: Layers, look: Look, hover: Mapping[str, str], right_axis: bool) -> dict[str, Any]:
    hv.Store.set_current_backend("bokeh")
    layers = elements(look)
    renderer = holoviews.plotting.bokeh.BokehRenderer.instance()
    renderer.webgl = False
    overlay = hv.Overlay(list(layers.values())).opts(
        hv.opts.Overlay(
            responsive=True, height=HEIGHT, shared_axes=False, toolbar=None, default_tools=[], show_legend=False
        )
    )
    figure = renderer.get_plot(overlay).state
    figure.height = HEIGHT
    if len(figure.renderers) != len(layers):
        raise RuntimeError(f"{len(layers)} layers were drawn as {len(figure.renderers)} renderers")
    for name, glyphs in zip(layers, figure.renderers, strict=True):
        glyphs.name = name
        source = glyphs.data_source
        source.data = {column: [] for column in source.data}
        glyphs.update(nonselection_glyph=None, selection_glyph=None, muted_glyph=None, hover_glyph=None)
        if hasattr(glyphs.glyph, "text_font"):
            glyphs.glyph.text_font = value(FONT)
        if name in hover:
            figure.add_tools(HoverTool(renderers=[glyphs], tooltips=hover[name], point_policy="follow_mouse"))
    if right_axis:
        figure.add_layout(LinearAxis(), "right")
    figure.title = None
    figure.center = list(figure.grid)
    for axis in figure.axis:
        axis.ticker = FixedTicker(ticks=[])
    dress(figure, look)
    return json.loads(json.dumps(json_item(figure)))


def columns(item: Mapping[str, Any]) -> dict[str, set[str]]:
    """The data columns each layer of a drawn figure waits for, by the layer's name."""
    found: dict[str, set[str]] = {}

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            attributes = node.get("attributes", {})
            if node.get("name") == "GlyphRenderer":
                data = attributes["data_source"]["attributes"]["data"]
                found[attributes["name"]] = {entry[0] for entry in data["entries"]}
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(item)
    return found
