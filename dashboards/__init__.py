"""The campaign on screen: pages over a store, views over a selection, served or in a notebook.

`from dashboards import Overview` gives the page itself, `open_data` and `compare` the figures behind it; nothing is
imported before it is asked for. In a notebook every page and every view shows itself live when it is the last line of a
cell. What a room offers in its `__all__` is offered here: a new page or view needs no entry.
"""

from functools import cache
from importlib import import_module
from types import ModuleType

_LIGHT = {"Settings": "settings", "Store": "store", "open_data": "bench", "compare": "bench"}
_UNSHOWN = ("Settings", "open_data", "compare")
"""What needs nothing of the browser to be imported; what these give prepares the notebook once it is drawn."""
_ROOMS = (
    "pages",
    *("views.overview", "views.lineup", "views.standards", "views.visits", "views.reporting"),
    *("views.problems", "views.matters", "views.matter", "views.drift", "views.conference"),
    "views.appraisal",
    *("views.plan", "views.units"),
)


def __getattr__(name: str) -> object:
    if name.startswith("_") or (name not in _LIGHT and name not in _homes()):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name not in _UNSHOWN:
        import_module("dashboards.notebook").prepare()
    return getattr(_room(_LIGHT[name]) if name in _LIGHT else _homes()[name], name)


def __dir__() -> list[str]:
    return sorted([*_LIGHT, *_homes()])


@cache
def _homes() -> dict[str, ModuleType]:
    """The room of every page and view."""
    return {name: room for room in map(_room, _ROOMS) for name in room.__all__}


def _room(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")
