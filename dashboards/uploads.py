"""Workbooks put into the inbox from the Refresh page: under a sender's name, of a size that can be read, whole."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tornado.web import RequestHandler, stream_request_body

from dashboards.desk import Desk
from data.intake import Limits

PATTERN = r"/inbox/([^/]+)"
HEADER = "X-Campaign-Upload"
"""A header that no page of another site can send: a browser asks first, and is not answered."""
ZIP = b"PK\x03\x04"


def uploads(desk: Desk, origins: Sequence[str]) -> list[tuple[Any, ...]]:
    """The one route that takes files, for the server of the steward's role."""
    return [(PATTERN, Upload, {"desk": desk, "origins": frozenset(origins)})]


@stream_request_body
class Upload(RequestHandler):
    """PUT /inbox/T1.xlsx: the body goes to a hidden file beside it, and takes the name once it is complete."""

    def initialize(self, desk: Desk, origins: frozenset[str]) -> None:
        """Called by Tornado with what `uploads` gave."""
        self.desk, self.origins = desk, origins
        self.most = Limits().file_bytes
        self.unfinished: Any = None
        self.received = 0

    def prepare(self) -> None:
        """Refuse before a byte of the body is taken."""
        connection: Any = self.request.connection
        connection.set_max_body_size(self.most)
        length = self.request.headers.get("Content-Length", "")
        name = self.path_args[0]
        senders = {f"{sender}.xlsx" for sender in self.desk.senders}
        host = self.request.headers.get("Host", "")
        origin = urlsplit(self.request.headers.get("Origin", "")).netloc
        if self.request.method != "PUT":
            self._refuse(405, "only PUT")
        elif HEADER not in self.request.headers or origin not in self.origins or host not in self.origins:
            self._refuse(403, "not from this site")
        elif name not in senders or Path(name).name != name:
            self._refuse(400, "no sender's workbook: T1.xlsx …, office.xlsx / 文件名须为 T1.xlsx 等或 office.xlsx")
        elif not length.isdecimal() or not len(ZIP) <= int(length) <= self.most:
            self._refuse(413, f"empty, or larger than / 文件为空或大于 {self.most // 1_000_000} MB")
        elif self.desk.inbox is None or not self.desk.inbox.is_dir():
            self._refuse(409, "there is no inbox folder / 收件文件夹不存在")
        else:
            handle, path = tempfile.mkstemp(prefix=".upload-", dir=self.desk.inbox)
            self.unfinished = (os.fdopen(handle, "wb"), Path(path))

    def data_received(self, chunk: bytes) -> None:
        """Write it down; what follows a refusal is thrown away."""
        if self.unfinished is None:
            return
        if self.received == 0 and not ZIP.startswith(chunk[: len(ZIP)]):
            self._refuse(400, "not an Excel workbook (.xlsx) / 不是Excel工作簿(.xlsx)")
            return
        self.received += len(chunk)
        self.unfinished[0].write(chunk)

    def put(self, name: str) -> None:
        """The body is complete: give it its name in one step."""
        if self.unfinished is None or self.desk.inbox is None:
            return
        file, path = self.unfinished
        file.flush()
        os.fsync(file.fileno())
        file.close()
        path.chmod(0o640)
        os.replace(path, self.desk.inbox / name)
        self.unfinished = None
        self.set_status(204)

    def on_finish(self) -> None:
        """Leave nothing half behind."""
        self._throw_away()

    def on_connection_close(self) -> None:
        """The browser went away."""
        self._throw_away()

    def _refuse(self, status: int, why: str) -> None:
        self._throw_away()
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(why)

    def _throw_away(self) -> None:
        if self.unfinished is not None:
            file, path = self.unfinished
            self.unfinished = None
            file.close()
            path.unlink(missing_ok=True)
