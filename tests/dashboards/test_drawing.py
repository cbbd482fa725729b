"""Figures are drawn once per process without data, and every patch fits what was drawn."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import shown

from dashboards import drawing
from dashboards.charts import FigureView, HeatChart, PlaneChart, RowChart, StackChart
from dashboards.pages import Overview
from dashboards.store import Store
from dashboards.theme import THEMES, Look
from dashboards.views.lineup import GroupRates

KINDS = (HeatChart, PlaneChart, RowChart, StackChart)
FIGURES = [kind for kind in shown.VIEWS if issubclass(kind, FigureView)]


@pytest.mark.parametrize("kind", FIGURES)
def test_a_patch_sends_exactly_the_columns_that_were_drawn(
    kind: type[FigureView], store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    view = kind(store_of(**chosen))
    patch = shown.patch(view)
    if patch.get("empty"):
        assert "figure" not in patch
        return
    waited = drawing.columns(view.item(view.look))
    sent = {layer: set(columns) for layer, columns in patch["figure"]["columns"].items()}
    assert set(sent) == set(waited)
    for layer in waited:
        assert sent[layer] == waited[layer] | ({"words"} if layer in kind.hovered else set()), layer


@pytest.mark.parametrize("kind", FIGURES)
def test_the_columns_of_a_layer_are_of_one_length(
    kind: type[FigureView], store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    figure = shown.patch(kind(store_of(**chosen))).get("figure", {})
    for layer, columns in figure.get("columns", {}).items():
        assert len({len(values) for values in columns.values()}) == 1, layer
    for ticks in (value for name, value in figure.items() if name.endswith("_ticks")):
        assert len(ticks["at"]) == len(ticks["labels"])


@pytest.mark.parametrize("kind", FIGURES)
def test_a_patch_is_plain_json_without_nan(
    kind: type[FigureView], store_of: Callable[..., Store], chosen: dict[str, Any]
) -> None:
    json.dumps(shown.patch(kind(store_of(**chosen))), allow_nan=False)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_drawn_figure_holds_no_data_and_names_no_other_host(kind: type[FigureView], theme: Any) -> None:
    item = kind.item(Look(theme=theme))
    assert "http" not in json.dumps(item)
    sources = [node for node in _nodes(item) if node.get("name") == "ColumnDataSource"]
    assert sources
    assert [entry for source in sources for entry in source["attributes"]["data"]["entries"] if entry[1] != []] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_hovered_layer_is_drawn(kind: type[FigureView]) -> None:
    assert set(kind.hovered) <= set(drawing.columns(kind.item(Look())))


def test_a_second_viewer_draws_nothing_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    once = drawing._draw
    monkeypatch.setattr(drawing, "_items", {})
    monkeypatch.setattr(drawing, "_draw", lambda *what: drawn.append(what) or once(*what))
    Overview(store).main()
    assert len(drawn) == len(KINDS)
    second = Overview(Store(store.sources))
    second.main()
    second.store.groups = ["T1"]
    assert len(drawn) == len(KINDS)


def test_viewers_of_one_look_share_one_drawing(store: Store) -> None:
    assert GroupRates(store).part()["figure"] is GroupRates(Store(store.sources)).part()["figure"]


def test_a_change_leaves_the_drawn_figures_as_they_are(store: Store) -> None:
    surface = Overview(store).main()
    changed: list[str] = []
    surface.param.watch(lambda event: changed.append(event.name), ["parts", "patch", "stylesheets", "css_classes"])
    store.period = (2, 9)
    assert changed == ["patch"]


def _nodes(tree: Any) -> list[dict[str, Any]]:
    if isinstance(tree, dict):
        return [tree, *(node for value in tree.values() for node in _nodes(value))]
    return [node for value in tree for node in _nodes(value)] if isinstance(tree, list) else []
