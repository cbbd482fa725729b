"""The analyst's bench: snapshots, figures, definitions and comparisons as objects, in a notebook or a script.

    from dashboards import compare, open_data

    data = open_data()
    data.indicators.on_time_rate(by="group")
    compare(data[-2], data[-1])

The numbers are those of the pages. What can be taken as Polars is Polars; an object shows itself in a notebook without
asking any host, and nothing is imported for drawing before something is drawn.
"""

from dashboards.bench.catalogue import Catalogue, Entry
from dashboards.bench.comparison import Comparison, compare
from dashboards.bench.definition import Definition
from dashboards.bench.figures import Figures
from dashboards.bench.opening import Snapshots, open_data
from dashboards.bench.snapshot import OpenSnapshot

__all__ = [
    "Catalogue",
    "Comparison",
    "Definition",
    "Entry",
    "Figures",
    "OpenSnapshot",
    "Snapshots",
    "compare",
    "open_data",
]
