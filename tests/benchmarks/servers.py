"""The systems under test: how each is started, and how a chip is pressed on its page."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Locator, Page
from selections import Chip

from dashboards.text import known

TWINS = Path(__file__).parent / "twins"
START_SECONDS = 60


@dataclass(frozen=True)
class System:
    """A page to be measured. `kind` names its reader in probe.js."""

    name: str
    title: str
    kind: str
    command: Callable[[Path, int], list[str]]
    press: Callable[[Page, Chip], Locator]


@dataclass(frozen=True)
class Serving:
    """A started system."""

    system: System
    address: str
    pid: int

    def memory(self) -> float:
        """Resident memory of the server and its children, in MB."""
        return sum(_resident(pid) for pid in _family(self.pid))


def _ours(data: Path, port: int) -> list[str]:
    return ["-m", "dashboards.cli", "serve", "--data", str(data), "--port", str(port), "--language", "en"]


def _dash(*options: str) -> Callable[[Path, int], list[str]]:
    return lambda data, port: [str(TWINS / "dash_page.py"), "--data", str(data), "--port", str(port), *options]


def _streamlit(data: Path, port: int) -> list[str]:
    settings = {
        "server.headless": "true",
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    options = [f"--{name}={value}" for name, value in settings.items()]
    return ["-m", "streamlit", "run", str(TWINS / "streamlit_page.py"), *options, "--", "--data", str(data)]


def _our_chip(page: Page, chip: Chip) -> Locator:
    label = chip.value if chip.kind == "groups" else known("en", f"type.{chip.value}") or chip.value
    return page.locator("#side").get_by_role("button", name=label, exact=True)


def _dash_chip(page: Page, chip: Chip) -> Locator:
    return page.locator(f"#{chip.kind} label").filter(has_text=re.compile(f"^{re.escape(chip.value)}$"))


def _streamlit_chip(page: Page, chip: Chip) -> Locator:
    return page.get_by_test_id("stSidebar").locator("button").filter(has_text=re.compile(f"^{re.escape(chip.value)}$"))


SYSTEMS = (
    System("ours", "Overview (ours)", "ours", _ours, _our_chip),
    System("dash", "Dash 4, same SQL", "dash", _dash(), _dash_chip),
    System("dash-cube", "Dash 4, our cube", "dash", _dash("--cube"), _dash_chip),
    System("streamlit", "Streamlit, same SQL", "streamlit", _streamlit, _streamlit_chip),
)


@contextmanager
def serving(system: System, data: Path, log: Path) -> Iterator[Serving]:
    """Start a system on a free port of this machine; RuntimeError when it does not answer in time."""
    port = _free_port()
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, *system.command(data.resolve(), port)],
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait(server, address, log)
            yield Serving(system, address, server.pid)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}:\n{log.read_text()[-3000:]}")
        try:
            with urlopen(address, timeout=START_SECONDS):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {START_SECONDS} s:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid, *(each for child in children for each in _family(int(child)))]


def _resident(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0.0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
