"""What may be put into the inbox from a browser: a sender's workbook, whole, from this very site, and nothing else."""

import asyncio
import http.client
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from dashboards.uploads import HEADER, ZIP, Upload, uploads
from data.intake import Limits

BODY = ZIP + bytes(range(256)) * 600


class Served:
    """The upload route alone, in a thread of its own, and requests to it."""

    def __init__(self, inbox: Path | None) -> None:
        self.sockets = bind_sockets(0, "127.0.0.1")
        self.origin = f"127.0.0.1:{self.sockets[0].getsockname()[1]}"
        self.desk = SimpleNamespace(inbox=inbox, senders=("T1", "C6", "office"))
        self.loop = asyncio.new_event_loop()
        started = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(started,))
        self.thread.start()
        started.wait(10)

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)

        async def start() -> None:
            desk: Any = self.desk
            self.server = HTTPServer(Application(uploads(desk, [self.origin])))
            self.server.add_sockets(self.sockets)
            started.set()

        self.loop.run_until_complete(start())
        self.loop.run_forever()
        self.loop.close()

    def stop(self) -> None:
        def halt() -> None:
            self.server.stop()
            self.loop.stop()

        self.loop.call_soon_threadsafe(halt)
        self.thread.join(10)

    def ask(self, name: str, body: bytes = BODY, method: str = "PUT", **headers: str | None) -> tuple[int, str]:
        usual = {"Origin": f"http://{self.origin}", HEADER: "1", "Host": self.origin} | headers
        connection = http.client.HTTPConnection(self.origin, timeout=20)
        try:
            given = {key: value for key, value in usual.items() if value is not None}
            connection.request(method, f"/inbox/{name}", body, given)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def served(inbox: Path) -> Iterator[Served]:
    served = Served(inbox)
    yield served
    served.stop()


def names(inbox: Path) -> list[str]:
    return sorted(path.name for path in inbox.iterdir())


@pytest.mark.parametrize("name", ["T1.xlsx", "C6.xlsx", "office.xlsx"])
def test_a_sender_s_workbook_arrives_byte_by_byte(served: Served, inbox: Path, name: str) -> None:
    assert served.ask(name)[0] == 204
    assert (inbox / name).read_bytes() == BODY
    assert served.ask(name, ZIP + b"second")[0] == 204
    assert (inbox / name).read_bytes() == ZIP + b"second"
    assert names(inbox) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "T9.xlsx", "T1.xlsm", "T1.csv", "t1.xlsx", "T1", ".xlsx", "T1.xlsx.exe", "..", "%2e%2e", "..%2fT1.xlsx",
        "%2fetc%2fpasswd", "..%5cT1.xlsx", "T1.xlsx%00", "T1.xlsx%20", "%EF%BC%B41.xlsx", "CURRENT", "a%2fT1.xlsx",
    ],
)  # fmt: skip
def test_any_other_name_is_refused_and_written_nowhere(served: Served, inbox: Path, tmp_path: Path, name: str) -> None:
    assert served.ask(name)[0] in (400, 404)
    assert names(inbox) == []
    assert names(tmp_path) == ["inbox"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": None},
        {"Origin": "null"},
        {HEADER: None},
        {"Host": "evil.example"},
        {"Origin": "http://127.0.0.1.evil.example"},
    ],
    ids=str,
)
def test_a_page_of_another_site_cannot_put_anything_in(
    served: Served, inbox: Path, headers: dict[str, str | None]
) -> None:
    assert served.ask("T1.xlsx", **headers)[0] == 403
    assert names(inbox) == []


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "HEAD", "OPTIONS"])
def test_nothing_else_can_be_done_with_the_inbox(served: Served, inbox: Path, method: str) -> None:
    (inbox / "T1.xlsx").write_bytes(b"there")
    assert served.ask("T1.xlsx", method=method)[0] == 405
    assert (inbox / "T1.xlsx").read_bytes() == b"there"


def test_what_is_no_workbook_is_refused_before_it_is_stored(served: Served, inbox: Path) -> None:
    (inbox / "T1.xlsx").write_bytes(b"former")
    assert served.ask("T1.xlsx", b"<html>" + b"x" * 500_000)[0] == 400
    assert served.ask("T1.xlsx", b"")[0] == 413
    assert served.ask("T1.xlsx", b"PK")[0] == 413
    assert names(inbox) == ["T1.xlsx"]
    assert (inbox / "T1.xlsx").read_bytes() == b"former"


def test_more_bytes_than_can_be_read_are_not_taken(
    served: Served, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboards.uploads.Limits", lambda: Limits(file_bytes=100_000))
    status, words = served.ask("T1.xlsx")
    assert status in (400, 413), words
    assert names(inbox) == []


def test_an_upload_that_breaks_off_leaves_nothing(served: Served, inbox: Path) -> None:
    connection = http.client.HTTPConnection(served.origin, timeout=20)
    connection.putrequest("PUT", "/inbox/T1.xlsx", skip_host=True)
    sent = {"Host": served.origin, "Origin": f"http://{served.origin}", HEADER: "1", "Content-Length": "900000"}
    for key, value in sent.items():
        connection.putheader(key, value)
    connection.endheaders()
    connection.send(BODY)
    wait_for(lambda: len(names(inbox)) == 1)
    assert names(inbox)[0].startswith(".upload-")
    connection.close()
    wait_for(lambda: names(inbox) == [])


def test_without_an_inbox_nothing_is_taken(tmp_path: Path) -> None:
    for inbox in (None, tmp_path / "gone"):
        served = Served(inbox)
        try:
            assert served.ask("T1.xlsx")[0] == 409
        finally:
            served.stop()
    assert names(tmp_path) == []


def test_a_disk_that_fails_leaves_the_former_workbook(
    served: Served, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "T1.xlsx").write_bytes(b"former")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dashboards.uploads.os.fsync", full)
    monkeypatch.setattr(Upload, "log_exception", lambda *_: None)
    assert served.ask("T1.xlsx")[0] == 500
    wait_for(lambda: names(inbox) == ["T1.xlsx"])
    assert (inbox / "T1.xlsx").read_bytes() == b"former"


def wait_for(condition: Any) -> None:
    for _ in range(200):
        if condition():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it did not come to that in ten seconds")
