"""The campaign on screen: pages over a store, views over a selection, served or in a notebook.

`from dashboards import Overview` gives the page itself; nothing is imported before it is asked for. In a notebook
every page and every view shows itself live when it is the last line of a cell.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.pages import Overview, Unit
    from dashboards.settings import Settings
    from dashboards.store import Store
    from dashboards.views import Headline, Kpis, LineUp, ReportingLag, Trend, Units, VisitMap

__all__ = [
    "Headline",
    "Kpis",
    "LineUp",
    "Overview",
    "ReportingLag",
    "Settings",
    "Store",
    "Trend",
    "Unit",
    "Units",
    "VisitMap",
]

_HOMES = {"Overview": "pages", "Unit": "pages", "Store": "store", "Settings": "settings"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name != "Settings":
        import_module("dashboards.notebook").prepare()
    return getattr(import_module(f"dashboards.{_HOMES.get(name, 'views')}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
