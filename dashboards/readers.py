"""Everybody who has a page open: told when another snapshot is served, or when the one served has grown too old."""

from dashboards.audience import Audience
from dashboards.sources import Served, Sources

SECONDS = 30
"""How often the server looks whether anything was published: two calls of `stat` when nothing was."""


class Readers(Audience):
    """The open pages of one server."""

    def __init__(self, sources: Sources) -> None:
        super().__init__()
        self.sources = sources
        self._told: Served = sources.served()

    def look(self) -> None:
        """Look at the data folder; only when something else is served now, every page shows itself once more.

        It may be called from a thread: the snapshot is verified and opened there, and each page is renewed by its own
        session.
        """
        served = self.sources.served()
        if served != self._told:
            self.sources.newest()
            self._told = served
            self.tell()
