"""A real browser loads and filters a page: milliseconds to all painted, bytes and requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError
from selections import Expected, Step
from servers import Serving

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
SETTLED = 5.0
"""A page that paints again this many ms after "all painted" is counted as late."""


@dataclass(frozen=True)
class Sample:
    """One measurement: kind is cold, reload, first or later; `ms` is None when it failed."""

    system: str
    round: int
    kind: str
    ms: float | None
    settled: float | None = None
    error: str = ""

    @property
    def late(self) -> bool:
        """Whether something was painted after two quiet frames."""
        return self.ms is not None and self.settled is not None and self.settled - self.ms > SETTLED


@dataclass(frozen=True)
class Weight:
    """What a load with an empty cache, a load with a warm cache and a change transfer."""

    cold_bytes: int
    cold_requests: int
    reload_bytes: int
    reload_requests: int
    change_bytes: int


def visit(browser: Browser, served: Serving, no: int, start: Expected, steps: Sequence[Step]) -> list[Sample]:
    """One viewer: a cold load in a fresh context, a second load, then the changes one after another."""
    context = _context(browser)
    try:
        samples = [_load(context, served, no, "cold", start)[1]]
        page, again = _load(context, served, no, "reload", start)
        samples.append(again)
        for place, step in enumerate(steps):
            samples.append(_change(page, served, no, "later" if place else "first", step))
            if samples[-1].error:
                break
        return samples
    finally:
        context.close()


def weigh(browser: Browser, served: Serving, start: Expected, steps: Sequence[Step]) -> Weight:
    """Count what goes over the wire, in a visit of its own that is not timed; RuntimeError when the page fails."""
    context = _context(browser)
    try:
        totals = []
        for kind in ("cold", "reload"):
            page = context.new_page()
            counted = _Counted(context, page)
            if error := _open(page, served, start).get("error"):
                raise RuntimeError(error)
            totals.append((counted.bytes, counted.requests))
            if kind == "cold":
                page.close()
        before = counted.bytes
        for step in steps:
            _change(page, served, 0, "later", step)
        return Weight(*totals[0], *totals[1], round((counted.bytes - before) / max(len(steps), 1)))
    finally:
        context.close()


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(20_000)
    context.add_init_script(PROBE)
    return context


def _load(context: BrowserContext, served: Serving, no: int, kind: str, start: Expected) -> tuple[Page, Sample]:
    for page in context.pages:
        page.close()
    page = context.new_page()
    return page, _sample(served, no, kind, _open(page, served, start))


def _open(page: Page, served: Serving, start: Expected) -> dict[str, Any]:
    try:
        page.goto(served.address, wait_until="commit")
        return _result(page, "load", served, start)
    except BrowserError as error:
        return {"error": str(error).splitlines()[0]}


def _change(page: Page, served: Serving, no: int, kind: str, step: Step) -> Sample:
    try:
        chip = served.system.press(page, step.chip)
        chip.scroll_into_view_if_needed()
        page.evaluate("([system, expected]) => __probe.arm(system, expected)", _asked(served, step.expected))
        chip.click()
        return _sample(served, no, kind, page.evaluate("__probe.result"))
    except BrowserError as error:
        return Sample(served.system.name, no, kind, None, error=str(error).splitlines()[0])


def _result(page: Page, how: str, served: Serving, expected: Expected) -> dict[str, Any]:
    script = f"([system, expected]) => {{ __probe.{how}(system, expected); return __probe.result; }}"
    return dict(page.evaluate(script, _asked(served, expected)))


def _asked(served: Serving, expected: Expected) -> list[Any]:
    return [served.system.kind, expected.as_dict()]


def _sample(served: Serving, no: int, kind: str, result: dict[str, Any]) -> Sample:
    error = " ".join(str(result[key]) for key in ("error", "shown") if result.get(key))
    return Sample(served.system.name, no, kind, result.get("ms"), result.get("settled"), error[:500])


class _Counted:
    """Bytes and requests of a page since it was made, headers and websocket frames included."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.bytes = 0
        self.requests = 0
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._requested)
        session.on("Network.loadingFinished", lambda event: self._add(event["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda event: self._frame(event["response"]))

    def _requested(self, event: dict[str, Any]) -> None:
        self.requests += not event["request"]["url"].startswith(("data:", "blob:"))

    def _add(self, size: float) -> None:
        self.bytes += int(size)

    def _frame(self, frame: dict[str, Any]) -> None:
        payload = frame["payloadData"]
        self._add(len(payload) * 3 // 4 if frame["opcode"] == 2 else len(payload.encode()))
