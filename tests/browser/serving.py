"""Run `campaign serve` beside a test or a script, as a person would."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 90


@contextmanager
def serving(data: Path, *options: str, port: int = 0) -> Iterator[str]:
    """Serve the data folder on that port, or a free one; yields the address once a page answers.

    Raises RuntimeError with what the server said if it ends or does not answer in time.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "dashboards.cli", "serve"]
    server = subprocess.Popen(
        [*command, "--data", str(data), "--port", str(port), *options],
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(server.stdout), daemon=True)
    reader.start()
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(server, address, said)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        reader.join()
        server.stdout.close()


def _wait(server: "subprocess.Popen[str]", address: str, said: list[str]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            time.sleep(0.2)
            raise RuntimeError(f"the server ended with {server.returncode}:\n{''.join(said)}")
        try:
            with urlopen(address + "/", timeout=START_SECONDS):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer within {START_SECONDS} s:\n{''.join(said)}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def waited(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds; AssertionError when it does not in time."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
