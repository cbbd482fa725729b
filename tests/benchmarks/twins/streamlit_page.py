"""The Overview's twin in Streamlit: the source kept by cache_resource, Vega-Lite given as plain specifications."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st
from answers import KPIS, Answers, Asker, arguments

from queries import indicator, open_source

BLUE, GREY = "#1f5fa8", "#66727e"
SHARE = {"format": ".0%", "title": None}


@st.cache_resource
def asker(folder: Path, cube: bool) -> Asker:
    """The source, opened once per process."""
    return Asker(open_source(folder), cube=cube)


def _axis(field: str, kind: str, **options: Any) -> dict[str, Any]:
    return {"field": field, "type": kind, **options}


LINEUP = {
    "height": 330,
    "encoding": {"y": _axis("group_id", "nominal", sort=None, axis={"title": None})},
    "layer": [
        {
            "mark": {"type": "rule", "color": GREY, "strokeWidth": 3},
            "encoding": {"x": _axis("low", "quantitative", axis=SHARE, scale={"zero": False}), "x2": {"field": "high"}},
        },
        {"mark": {"type": "circle", "color": BLUE, "size": 100}, "encoding": {"x": _axis("value", "quantitative")}},
        {
            "mark": {"type": "text", "dy": -11},
            "encoding": {
                "x": _axis("value", "quantitative"),
                "text": _axis("value", "quantitative", format=".1%"),
            },
        },
    ],
}
VISITS = {
    "height": 330,
    "encoding": {
        "x": _axis("week", "ordinal", axis={"title": None, "labelAngle": 0}),
        "y": _axis("group_id", "nominal", sort=None, axis={"title": None}),
    },
    "layer": [
        {
            "mark": "rect",
            "encoding": {
                "color": _axis(
                    "value", "quantitative", legend=None, scale={"domain": [0, 1], "range": ["#dbe7f4", BLUE]}
                )
            },
        },
        {
            "transform": [{"filter": "datum.label != ''"}],
            "mark": {"type": "text", "fontSize": 10},
            "encoding": {"text": _axis("label", "nominal")},
        },
    ],
}
TREND = {
    "height": 260,
    "mark": {"type": "line", "point": True, "color": BLUE},
    "encoding": {
        "x": _axis("week", "quantitative", axis={"title": None, "tickMinStep": 1}, scale={"zero": False}),
        "y": _axis("value", "quantitative", axis=SHARE, scale={"domain": [0, 1.05]}),
    },
}
LAG = {
    "height": 260,
    "mark": "bar",
    "encoding": {
        "x": _axis("share", "quantitative", axis=SHARE, stack="zero", scale={"domain": [0, 1]}),
        "y": _axis("unit_type", "nominal", axis={"title": None}),
        "order": _axis("bin_no", "ordinal"),
        "color": _axis(
            "bin",
            "nominal",
            sort=None,
            legend={"orient": "top", "title": None},
            scale={"range": [BLUE, "#6799cc", "#bcd3ea", "#a05a10"]},
        ),
    },
}
CHARTS = (
    (
        ("On-time rate by group, with 95 % interval", "groups", LINEUP),
        ("Units visited, by week and group", "cells", VISITS),
    ),
    (("Units visited at least once a week", "weeks", TREND), ("Days from event to report, by unit type", "bins", LAG)),
)
USED = {
    "groups": ("group_id", "value", "low", "high"),
    "cells": ("group_id", "week", "value", "label"),
    "weeks": ("week", "value"),
    "bins": ("unit_type", "bin_no", "bin", "share"),
}
COLUMNS = {
    "name_en": "Unit",
    "group_id": "Group",
    "unit_type": "Type",
    "completion": st.column_config.NumberColumn("Completion", format="percent"),
    "on_time": st.column_config.NumberColumn("On time", format="percent"),
    "visits": "Visits",
    "coverage": st.column_config.NumberColumn("Coverage", format="percent"),
}


def page(source: Asker) -> None:
    """One run of the page, from the filters to the table."""
    st.set_page_config("Twin in Streamlit", layout="wide", initial_sidebar_state="expanded")
    extent = source.source.extent
    with st.sidebar:
        groups = st.pills("Groups", extent.groups, selection_mode="multi", key="groups")
        types = st.pills("Unit types", extent.unit_types, selection_mode="multi", key="types")
        weeks = st.slider("Weeks", 1, source.last_week, (1, source.last_week), key="weeks")
    draw(source.answers(groups, types, weeks))


def draw(answers: Answers) -> None:
    """Figures, charts and the table."""
    for column, name in zip(st.columns(len(KPIS)), KPIS, strict=True):
        column.metric(indicator(name).title_en, answers.kpis[name], border=True)
    for row in CHARTS:
        for column, (title, name, specification) in zip(st.columns(2), row, strict=True):
            frame: pl.DataFrame = getattr(answers, name).select(USED[name])
            with column:
                st.markdown(f"**{title}**")
                st.vega_lite_chart(frame, specification, width="stretch", key=name)
    st.dataframe(answers.units, hide_index=True, height=420, column_config=COLUMNS, key="units")
    st.caption(f"{answers.units.height} units")


if __name__ == "__main__":
    asked = arguments("streamlit_page", sys.argv[1:])
    page(asker(asked.data, asked.cube))
