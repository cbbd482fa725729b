"""Everybody who has a page open: told when another snapshot is served, or when the one served has grown too old."""

import weakref
from typing import Any

from dashboards.sources import Served, Sources
from dashboards.store import Store

SECONDS = 30
"""How often the server looks whether anything was published: two calls of `stat` when nothing was."""


class Readers:
    """The open pages of one server, by the document in which each is shown."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._told: Served = sources.served()
        self._stores: weakref.WeakKeyDictionary[Any, weakref.ref[Store]] = weakref.WeakKeyDictionary()

    def join(self, document: Any, store: Store) -> None:
        """Tell this page of whatever changes from now on."""
        self._stores[document] = weakref.ref(store)

    def look(self) -> None:
        """Look at the data folder; only when something else is served now, every page shows itself once more.

        It may be called from a thread: the snapshot is verified there, and each page is renewed by its own session.
        """
        served = self.sources.served()
        if served == self._told:
            return
        self._told = served
        for document, held in list(self._stores.items()):
            store = held()
            if store is not None and document.session_context is not None:
                document.add_next_tick_callback(store.renew)
