"""GET /notebook: only pages that are offered, only reading, hostile addresses included."""

import asyncio
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from hostile import PAYLOADS
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from dashboards.apps import PAGES
from dashboards.sources import Sources
from dashboards.transcript.handler import name_of, transcripts

Ask = Callable[..., HTTPResponse]


@pytest.fixture
def ask(sources: Sources) -> Ask:
    """Ask the route for a target, as a browser would."""

    def asked(target: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> HTTPResponse:
        # In a thread of its own: where browser tests have run, this one has a loop already.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, _served(sources, target, method, dict(headers or {}))).result()

    return asked


async def _served(sources: Sources, target: str, method: str, headers: dict[str, str]) -> HTTPResponse:
    server = HTTPServer(Application(transcripts(sources, PAGES, "auto")))
    sockets = bind_sockets(0, "127.0.0.1")
    server.add_sockets(sockets)
    try:
        address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}{target}"
        body = b"" if method == "POST" else None
        request = HTTPRequest(address, method, headers, body)
        return await AsyncHTTPClient().fetch(request, raise_error=False)
    finally:
        server.stop()
        await server.close_all_connections()


def title(response: HTTPResponse) -> str:
    return "".join(json.loads(response.body)["cells"][0]["source"])


def test_a_page_is_downloaded_as_a_notebook_of_its_selection(ask: Ask) -> None:
    found = ask("/notebook?page=lineup&group=T1&known_on=2014-07-06&language=en")
    assert found.code == 200
    assert found.headers["Content-Disposition"] == 'attachment; filename="campaign-lineup-2014-07-06.ipynb"'
    assert found.headers["Content-Type"].startswith("application/x-ipynb+json")
    assert found.headers["Cache-Control"] == "private, no-cache"
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert "groups T1" in title(found)
    again = ask(
        "/notebook?page=lineup&group=T1&known_on=2014-07-06&language=en",
        headers={"If-None-Match": found.headers["Etag"]},
    )
    assert again.code == 304


def test_the_language_is_that_of_the_address_the_cookie_or_the_browser(ask: Ask) -> None:
    assert "方案" in title(ask("/notebook?page=plan&language=zh"))
    assert "方案" in title(ask("/notebook?page=plan", headers={"Cookie": "campaign_language=zh"}))
    assert "方案" in title(ask("/notebook?page=plan", headers={"Accept-Language": "zh-CN"}))
    assert "方案" not in title(ask("/notebook?page=plan"))


@pytest.mark.parametrize(
    "page",
    ["", "refresh", "Lineup", "/lineup", "../lineup", "lineup%00", "%2e%2e%2fetc%2fpasswd", "lineup&page=plan", "%ff"],
)
def test_any_other_page_is_not_there(ask: Ask, page: str) -> None:
    assert ask(f"/notebook?page={page}").code == 404


def test_without_a_page_or_below_it_there_is_nothing(ask: Ask) -> None:
    assert [ask(target).code for target in ("/notebook", "/notebook/", "/notebook/lineup", "/notebook.ipynb")] == [
        404
    ] * 4


def test_nothing_can_be_sent(ask: Ask) -> None:
    assert [ask("/notebook?page=lineup", method).code for method in ("POST", "DELETE", "HEAD")] == [405] * 3


@pytest.mark.parametrize("payload", [*PAYLOADS, "x" * 3000])
def test_a_hostile_query_is_left_out_and_said(ask: Ask, payload: str) -> None:
    told = quote(payload, safe="")
    found = ask(f"/notebook?page=lineup&group={told}&known_on={told}&unit={told}&from={told}&{told}=1&action={told}")
    assert found.code == 200
    assert payload not in found.body.decode()
    assert "Part of the link was not understood" in title(found)


def test_every_page_for_everybody_has_a_name_of_its_own() -> None:
    names = [name_of(kind) for kind in PAGES.values()]
    assert len(set(names)) == len(PAGES)
    assert all(name.isidentifier() for name in names)
