"""Several views on one surface: one answer to a change, sent in one piece."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from dashboards.store import Store
from dashboards.surface import Surface
from dashboards.theme import stylesheet


class Placed(Protocol):
    """A view as a sheet sees it."""

    view: str

    def shown(self) -> dict[str, Any]:
        """What it shows of the selection now."""

    def part(self) -> Mapping[str, Any]:
        """What is told once."""

    def heard(self, message: dict[str, Any]) -> None:
        """A click on it."""


class Sheet:
    """The views of a page, or one alone, as the store's follower."""

    def __init__(self, store: Store, views: Sequence[Placed], *, addressed: bool = False, layout: str = "") -> None:
        self.store = store
        self._views = {view.view: view for view in views}
        self.surface = Surface(
            parts=json.dumps({name: view.part() for name, view in self._views.items()}),
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
        views = {name: view.shown() for name, view in self._views.items()}
        return json.dumps({"selection": self.store.stamp, "query": self.store.query, "views": views})

    def show(self, patch: str) -> None:
        """Show it; nothing is sent when nothing changed."""
        self.surface.patch = patch

    def _told(self, message: dict[str, Any]) -> None:
        name = message.pop("view", "")
        view = self._views.get(name) if isinstance(name, str) else None
        if view is None:
            self.store.hear(message)
        else:
            view.heard(message)
