"""The download of a page as a notebook: GET /notebook?page=lineup&group=T1, the rest of the query as on the page."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tornado.web import HTTPError, RequestHandler

from dashboards.pages.base import Page
from dashboards.sources import Sources
from dashboards.store import Store
from dashboards.theme import Look
from dashboards.transcript.written import transcript
from dashboards.visitor import look_of, query_of


def transcripts(sources: Sources, pages: Mapping[str, type[Page]], language: str) -> list[tuple[Any, ...]]:
    """The one route that gives notebooks of these pages, in the language of the request, else of the setting."""
    offered = {name_of(kind): kind for kind in pages.values()}
    worker = ThreadPoolExecutor(1, thread_name_prefix="transcript")
    return [(r"/notebook", Download, {"sources": sources, "pages": offered, "setting": language, "worker": worker})]


def name_of(kind: type[Page]) -> str:
    """What a page is called in the address of its notebook, and in the file's name."""
    return kind.name_key.removeprefix("page.")


class Download(RequestHandler):
    """Only GET, only a page that is offered; the rest of the query is held against the snapshot as on the page itself.

    Notebooks are made one at a time, away from the sessions.
    """

    def initialize(
        self, sources: Sources, pages: Mapping[str, type[Page]], setting: str, worker: ThreadPoolExecutor
    ) -> None:
        """Called by Tornado with what `transcripts` gave."""
        self.sources, self.pages, self.setting, self.worker = sources, pages, setting, worker

    async def get(self) -> None:
        """Answer with the notebook; 404 for a page that is not offered, 304 for one that the browser has already."""
        arguments = dict(self.request.arguments)
        asked = [name.decode("utf-8", "replace") for name in arguments.pop("page", [])]
        if len(asked) != 1 or asked[0] not in self.pages:
            raise HTTPError(404)
        cookies = {name: morsel.value for name, morsel in self.request.cookies.items()}
        look = look_of(arguments, cookies, self.request.headers.get("Accept-Language", ""), self.setting)
        made = asyncio.get_running_loop().run_in_executor(self.worker, self._made, asked[0], look, query_of(arguments))
        text, known_on = await made
        self.set_header("Content-Type", "application/x-ipynb+json; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="campaign-{asked[0]}-{known_on}.ipynb"')
        self.set_header("Cache-Control", "private, no-cache")
        self.set_header("Vary", "Accept-Language, Cookie")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish(text)

    def _made(self, name: str, look: Look, query: str) -> tuple[str, str]:
        store = Store(self.sources, look)
        store.follow(query)
        partly = bool(store.notices)
        store.notices = []
        return transcript(self.pages[name](store), partly=partly), store.source.known_on.isoformat()
