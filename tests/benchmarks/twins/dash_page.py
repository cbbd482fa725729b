"""The Overview's twin in Dash 4: one callback for all outputs, patched figures without templates, orjson, Waitress."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from answers import KPIS, Answers, Asker, arguments
from dash import Dash, Input, Output, Patch, dcc, html

from dashboards.formats import count, esc, percent
from queries import indicator, open_source

COLUMNS = ("Unit", "Group", "Type", "Completion", "On time", "Visits", "Coverage")
BLUE, BINS = "#1f5fa8", ("#1f5fa8", "#6799cc", "#bcd3ea", "#a05a10")
MARGIN = {"l": 90, "r": 20, "t": 10, "b": 30}
CSS = """
body { margin: 0; font: 14px sans-serif; background: #f5f7f9; color: #17212b; }
#page { display: grid; grid-template-columns: 230px minmax(0, 1fr); gap: 20px; padding: 16px; }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
.kpis, .wide { grid-column: 1 / -1; }
.kpis { display: grid; grid-template-columns: repeat(5, 1fr); gap: 16px; }
.card { background: #fff; border: 1px solid #e1e6eb; border-radius: 8px; padding: 12px; min-width: 0; }
.kpi { font-size: 28px; font-weight: 600; }
.scroll { height: 420px; overflow-y: auto; }
.scroll table { width: 100%; border-collapse: collapse; }
.scroll td, .scroll th { padding: 6px 8px; border-bottom: 1px solid #e1e6eb; text-align: left; }
h2 { font-size: 14px; margin: 0 0 6px; }
"""


def traces(name: str, answers: Answers) -> list[dict[str, Any]]:
    """The data of one chart, as Plotly takes it."""
    if name == "lineup":
        frame = answers.groups
        arms = {
            "array": (frame["high"] - frame["value"]).to_list(),
            "arrayminus": (frame["value"] - frame["low"]).to_list(),
        }
        return [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": frame["value"].to_list(),
                "y": _labels(frame),
                "error_x": {"type": "data", "symmetric": False, "color": "#66727e", **arms},
                "text": [percent(value) for value in frame["value"]],
                "textposition": "top center",
                "marker": {"color": BLUE, "size": 10},
            }
        ]
    if name == "visits":
        shares, labels = (answers.cells.pivot(on="week", index="group_id", values=name) for name in ("value", "label"))
        return [
            {
                "type": "heatmap",
                "x": [int(week) for week in shares.columns[1:]],
                "y": shares["group_id"].to_list(),
                "z": [list(row) for row in shares.drop("group_id").iter_rows()],
                "text": [list(row) for row in labels.drop("group_id").iter_rows()],
                "texttemplate": "%{text}",
                "colorscale": [[0, "#dbe7f4"], [1, BLUE]],
                "zmin": 0,
                "zmax": 1,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
            }
        ]
    if name == "trend":
        weeks = answers.weeks
        line = {"type": "scatter", "mode": "lines+markers", "line": {"color": BLUE, "width": 2}}
        return [{**line, "x": weeks["week"].to_list(), "y": weeks["value"].to_list()}]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": f"{label} days",
            "x": part["share"].to_list(),
            "y": part["unit_type"].to_list(),
            "text": [percent(share, 0) if share >= 0.07 else "" for share in part["share"]],
            "marker": {"color": colour},
        }
        for (label, colour, part) in _parts(answers.bins)
    ]


LAYOUTS: Mapping[str, dict[str, Any]] = {
    "lineup": {"height": 330, "xaxis": {"tickformat": ".0%"}, "yaxis": {"autorange": "reversed", "type": "category"}},
    "visits": {"height": 330, "xaxis": {"tickprefix": "W"}, "yaxis": {"autorange": "reversed", "type": "category"}},
    "trend": {"height": 260, "yaxis": {"range": [0, 1.05], "tickformat": ".0%"}, "xaxis": {"tickprefix": "W"}},
    "lag": {"height": 260, "barmode": "stack", "xaxis": {"range": [0, 1], "tickformat": ".0%"}},
}
TITLES = {
    "lineup": "On-time rate by group, with 95 % interval",
    "visits": "Units visited, by week and group",
    "trend": "Units visited at least once a week",
    "lag": "Days from event to report, by unit type",
}


def figure(name: str, answers: Answers) -> dict[str, Any]:
    """A chart as drawn first; later only its data is patched."""
    return {"data": traces(name, answers), "layout": {"margin": MARGIN, **LAYOUTS[name]}}


def patched(name: str, answers: Answers) -> Patch:
    """The change of a chart."""
    patch = Patch()
    patch["data"] = traces(name, answers)
    return patch


def rows(units: pl.DataFrame) -> str:
    """The table as markup: one component draws it sooner than a DataTable or an html.Table of 721 cells."""
    heads = "".join(f"<th>{title}</th>" for title in COLUMNS)
    body = "".join(
        f"<tr><td>{esc(name)}</td><td>{esc(group)}</td><td>{esc(kind)}</td><td>{percent(completion)}</td>"
        f"<td>{percent(on_time)}</td><td>{count(visits)}</td><td>{percent(coverage, 0)}</td></tr>"
        for name, group, kind, completion, on_time, visits, coverage in units.iter_rows()
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def build(asker: Asker) -> Dash:
    """The page over one asker; every load and every change asks anew."""
    app = Dash("twin", title="Twin in Dash", update_title="", compress=False)
    app.index_string = app.index_string.replace("{%css%}", f"{{%css%}}<style>{CSS}</style>")
    app.layout = lambda: _layout(asker)
    charts = list(LAYOUTS)

    @app.callback(
        *[Output(f"kpi-{name}", "children") for name in KPIS],
        *[Output(name, "figure") for name in charts],
        Output("count", "children"),
        Output("units", "children"),
        Input("groups", "value"),
        Input("types", "value"),
        Input("weeks", "value"),
        prevent_initial_call=True,
    )
    def change(groups: list[str], types: list[str], weeks: list[int]) -> tuple[Any, ...]:
        answers = asker.answers(groups, types, weeks)
        figures = [patched(name, answers) for name in charts]
        return (*answers.kpis.values(), *figures, f"{answers.units.height} units", rows(answers.units))

    return app


def _layout(asker: Asker) -> html.Div:
    extent, weeks = asker.source.extent, (1, asker.last_week)
    answers = asker.answers((), (), weeks)
    cards = [
        html.Div(
            [html.H2(indicator(name).title_en), html.Div(text, id=f"kpi-{name}", className="kpi")], className="card"
        )
        for name, text in answers.kpis.items()
    ]
    charts = [
        html.Div(
            [html.H2(title), dcc.Graph(id=name, figure=figure(name, answers), config={"displayModeBar": False})],
            className="card",
        )
        for name, title in TITLES.items()
    ]
    side = [
        html.H2("Groups"),
        dcc.Checklist(list(extent.groups), [], id="groups", inline=True),
        html.H2("Unit types"),
        dcc.Checklist(list(extent.unit_types), [], id="types", inline=True),
        html.H2("Weeks"),
        dcc.RangeSlider(*weeks, 1, value=list(weeks), marks=None, id="weeks"),
    ]
    table = dcc.Markdown(rows(answers.units), id="units", dangerously_allow_html=True, className="scroll")
    units = html.Div([html.H2(f"{answers.units.height} units", id="count"), table], className="card wide")
    main = html.Main([html.Div(cards, className="kpis"), *charts, units])
    return html.Div([html.Aside(side), main], id="page")


def _labels(frame: pl.DataFrame) -> list[str]:
    return [f"{group}  n {count(n)}" for group, n in frame.select("group_id", "denominator").iter_rows()]


def _parts(bins: pl.DataFrame) -> list[tuple[str, str, pl.DataFrame]]:
    return [
        (part["bin"][0], BINS[bin_no], part)
        for (bin_no,), part in bins.partition_by("bin_no", as_dict=True, maintain_order=True).items()
    ]


def serve() -> None:
    """Serve on 127.0.0.1 until interrupted."""
    asked = arguments("dash_page")
    app = build(Asker(open_source(asked.data), cube=asked.cube))
    try:
        from waitress import serve as serve_threads
    except ImportError:
        app.server.run("127.0.0.1", asked.port, threaded=True)
    else:
        serve_threads(app.server, host="127.0.0.1", port=asked.port, threads=8, _quiet=True)


if __name__ == "__main__":
    serve()
