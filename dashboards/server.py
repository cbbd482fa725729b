"""The served application: pages on our own small template, sessions shared safely, everything made once per process."""

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

import panel as pn
from jinja2 import Environment, Template
from panel.io.resources import component_resource_path
from tornado.ioloop import PeriodicCallback

from dashboards.apps import PAGES, pages
from dashboards.charts import HeatChart, PlaneChart, RowChart, StackChart
from dashboards.desk import Desk
from dashboards.formats import esc
from dashboards.pages import Refresh
from dashboards.pages.base import Page
from dashboards.readers import SECONDS, Readers
from dashboards.reviewed import Reviewed, reviewed
from dashboards.settings import Settings
from dashboards.shelf import Shared
from dashboards.sources import Sources
from dashboards.store import Store
from dashboards.surface import ASSETS, Surface
from dashboards.text import say
from dashboards.theme import THEMES, Language, Look, tokens
from dashboards.transcript.handler import name_of, transcripts
from dashboards.uploads import uploads
from dashboards.visitor import look_of, query_of

LANG = {"zh": "zh-Hans", "en": "en"}


@dataclass(frozen=True)
class Site:
    """What all sessions of one server share."""

    settings: Settings
    sources: Sources
    readers: Readers
    desk: Desk
    shared: Mapping[str, Reviewed]

    @classmethod
    def of(cls, settings: Settings) -> "Site":
        """The site of a data folder, an inbox and the analysts' files; SettingsError for one of these."""
        shared = {each.route: each for each in reviewed(settings.notebooks / "shared", settings.shared)}
        sources = Sources(settings.data)
        readers = Readers(sources)
        return cls(settings, sources, readers, Desk(settings.inbox, sources, readers.look, keep=settings.keep), shared)

    async def look(self) -> None:
        """Look for a publication away from the sessions: verifying a snapshot takes its time."""
        await asyncio.get_running_loop().run_in_executor(None, self.readers.look)


def serve(settings: Settings) -> None:
    """Serve until interrupted. Raises OSError when the port is taken, SnapshotError without any good snapshot."""
    server = build(settings)
    host = "localhost" if settings.address in ("127.0.0.1", "0.0.0.0", "::") else settings.address
    print(f"http://{host}:{server.port}/", flush=True)
    server.start()
    server.io_loop.start()


def build(settings: Settings) -> Any:
    """The server, ready to start: the newest snapshot opened, its counts in memory, every figure drawn."""
    if settings.port == 0:
        settings = replace(settings, port=_free_port(settings.address))
    site, served = Site.of(settings), pages(settings.role)
    _configure(settings)
    warm(site)
    routes = {route: _application(partial(_session, route, page, site)) for route, page in served.items()}
    routes |= {route: _application(partial(_shared_session, each, site)) for route, each in site.shared.items()}
    logging.getLogger("bokeh").setLevel(logging.WARNING)
    logging.getLogger("tornado.access").setLevel(logging.WARNING)
    server = pn.io.server.get_server(
        routes,
        port=settings.port,
        address=settings.address,
        websocket_origin=_origins(settings),
        title={route: say(_default(settings), page.name_key) for route, page in served.items()}
        | {route: each.title for route, each in site.shared.items()},
        extra_patterns=[
            *transcripts(site.sources, PAGES, settings.language),
            *(uploads(site.desk, _origins(settings)) if "/refresh" in served else []),
        ],
        location=False,
        show=False,
        start=False,
        include_headers=["Accept-Language"],
        include_cookies=["campaign_language", "campaign_theme"],
        liveness=True,
    )
    server.io_loop.add_callback(PeriodicCallback(site.look, SECONDS * 1000).start)
    return server


def warm(site: Site) -> None:
    """Do once what every session would do: open the newest snapshot, count it, draw the figures."""
    store = Store(site.sources, Look(_default(site.settings)))
    for kind in pages(site.settings.role).values():
        _page(kind, store, site).main()
    for theme in THEMES:
        for kind in (HeatChart, PlaneChart, RowChart, StackChart):
            kind.item(Look(theme=theme))


def _free_port(address: str) -> int:
    """A port nobody listens on: the pages must know it before they are served."""
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


def _default(settings: Settings) -> Language:
    return "zh" if settings.language == "zh" else "en"


def _configure(settings: Settings) -> None:
    pn.extension(sizing_mode="stretch_width", notifications=False)
    pn.config.browser_info = False
    pn.config.reuse_sessions = "warm"
    pn.config.session_key_func = partial(_session_key, settings)
    # Widgets tell their value at once instead of 50 ms later; values that arrive meanwhile are still merged.
    pn.reactive.Syncable._debounce = 0


def _session_key(settings: Settings, request: Any) -> tuple[str, Look]:
    """Requests that may share the first HTML: nothing in it depends on anything but the path and the look."""
    cookies = {name: morsel.value for name, morsel in request.cookies.items()}
    return request.path, look_of(
        request.arguments, cookies, request.headers.get("Accept-Language", ""), settings.language
    )


def _origins(settings: Settings) -> list[str]:
    hosts = {settings.address, "localhost", "127.0.0.1"} - {"0.0.0.0", "::"}
    own = [f"{host}:{settings.port}" for host in sorted(hosts)]
    return (
        own
        + [origin if ":" in origin else f"{origin}:{settings.port}" for origin in settings.origins]
        + list(settings.origins)
    )


def _application(begin: Callable[[], None]) -> Callable[[], None]:
    """A plain function, the only kind of callable that Panel serves."""

    def session() -> None:
        begin()

    return session


def _session(route: str, kind: type[Page], site: Site) -> None:
    """One viewer's page; his selection comes from the address he asked for."""
    store = _store(site)
    page = _page(kind, store, site)
    document = pn.state.curdoc
    site.readers.join(document, store)
    if isinstance(page, Refresh):
        site.desk.audience.join(document, store)
    main = page.main(addressed=True)
    # Bokeh prepares all models of a document at the first write to any: better now than at the first change.
    pn.state.onload(partial(main.param.update, ready=True))
    _framed(route, say(store.look.language, page.name_key), page, main, site)


def _shared_session(file: Reviewed, site: Site) -> None:
    """One viewer's page of an analyst's file, which is run for him."""
    page = Shared(_store(site), file)
    _framed(file.route, file.title, page, page.main(), site)


def _store(site: Site) -> Store:
    """A viewer's own store, following the address he asked for."""
    arguments, accepts = pn.state.session_args, pn.state.headers.get("Accept-Language", "")
    store = Store(site.sources, look_of(arguments, pn.state.cookies, accepts, site.settings.language))
    store.follow(query_of(arguments))
    # Before anything is built: without it a session made ahead of its page would take its styles from the internet.
    pn.state.curdoc.template_variables["dist_url"] = "static/extensions/panel/"
    return store


def _framed(route: str, title: str, page: Page | Shared, main: Any, site: Site) -> None:
    """Put header, filters and content into the template of every page."""
    document = pn.state.curdoc
    for name, root in (("stamp", page.stamp), ("side", page.filters), ("main", main)):
        pn.panel(root).server_doc(document, title=title, location=False)
        document.roots[-1].name = name
    document.template = _template()
    document.template_variables.update(_variables(route, page.stamp.look, site))


def _page(kind: type[Page], store: Store, site: Site) -> Page:
    return kind(store, site.desk) if issubclass(kind, Refresh) else kind(store)


@cache
def _template() -> Template:
    return Environment(autoescape=False).from_string(_asset("page.html"))


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _variables(route: str, look: Look, site: Site) -> dict[str, Any]:
    """What the first HTML says: words of the look's language and nothing of the data or the selection."""
    language = look.language
    other: Language = "en" if language == "zh" else "zh"
    menu = [
        {
            "href": path.lstrip("/") or "./",
            "title": say(language, page.name_key),
            "current": path == route,
            "apart": not page.turned,
        }
        for path, page in pages(site.settings.role).items()
    ]
    return {
        "lang": LANG[language],
        "theme": look.theme,
        "tokens": tokens(look.theme),
        "css": _asset("page.css"),
        "js": _asset("page.js"),
        "view_url": component_resource_path(Surface, "_bundle_path", ASSETS / "view.js"),
        "say": partial(say, language),
        "home": "./",
        "pages": menu,
        "shared": [
            {"href": path.lstrip("/"), "title": esc(each.title), "current": path == route}
            for path, each in site.shared.items()
        ],
        "notebook": name_of(PAGES[route]) if route in PAGES else "",
        "other_language": other,
        "other_lang": LANG[other],
        "other_theme": "light" if look.theme == "dark" else "dark",
    }
