"""Viewers without a browser: each speaks its system's own protocol and says how long a change took to be answered."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from selections import Chip, Chosen
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

ANSWER_SECONDS = 20
WHOLE = {"max_size": None, "compression": None, "open_timeout": ANSWER_SECONDS}


class Viewer(ABC):
    """One viewer of the page at an address; `chips` are the filters' values in their order."""

    def __init__(self, address: str, chips: list[Chip]) -> None:
        self.address = address
        self.chips = chips

    @abstractmethod
    def open(self) -> None:
        """Load the page as a browser would, up to its first answer."""

    @abstractmethod
    def change(self, kind: str, chosen: Chosen) -> int:
        """Change one filter and wait for the answer; gives its bytes. Raises when the answer is wrong or late."""

    @abstractmethod
    def close(self) -> None:
        """Go away."""

    def values(self, kind: str) -> list[str]:
        """All values of a filter, in order."""
        return [chip.value for chip in self.chips if chip.kind == kind]


class OurViewer(Viewer):
    """Bokeh's protocol over the websocket: pull the document, then patch the filters' buttons."""

    def open(self) -> None:
        with urlopen(self.address, timeout=ANSWER_SECONDS) as page:
            found = re.search(r'"token":\s*"([^"]+)"', page.read().decode())
        if not found:
            raise RuntimeError("the page carries no session token")
        self._socket = _socket(self.address, "ws", ["bokeh", found[1]])
        self._receive("ACK")
        self._send("PULL-DOC-REQ", {})
        document = json.loads(self._receive("PULL-DOC-REPLY"))
        buttons = list(_models(document, "CheckboxButtonGroup"))
        groups = next(each for each in buttons if each["attributes"]["labels"] == self.values("groups"))
        types = next(each for each in buttons if each is not groups)
        self._ids = {"groups": groups["id"], "types": types["id"]}
        ready = {"type": "event", "name": "document_ready", "values": {"type": "map", "entries": []}}
        self._patch({"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": ready})
        self._receive("OK")

    def change(self, kind: str, chosen: Chosen) -> int:
        active = [self.values(kind).index(value) for value in getattr(chosen, kind)]
        self._patch({"kind": "ModelChanged", "model": {"id": self._ids[kind]}, "attr": "active", "new": active})
        stamp = f"group={','.join(chosen.groups)};type={','.join(chosen.types)};weeks="
        while stamp not in (patch := self._receive("PATCH-DOC")):
            pass
        return len(patch.encode())

    def close(self) -> None:
        self._socket.close()

    def _patch(self, event: dict[str, Any]) -> None:
        self._send("PATCH-DOC", {"events": [event]})

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        for part in ({"msgid": kind, "msgtype": kind}, {}, content):
            self._socket.send(json.dumps(part))

    def _receive(self, kind: str) -> str:
        """The content of the next message of a kind; others are passed over."""
        while True:
            header = json.loads(self._socket.recv(ANSWER_SECONDS))
            _, content = self._socket.recv(ANSWER_SECONDS), self._socket.recv(ANSWER_SECONDS)
            for _ in range(2 * header.get("num_buffers", 0)):
                self._socket.recv(ANSWER_SECONDS)
            if header["msgtype"] == kind:
                return str(content)
            if header["msgtype"] == "ERROR":
                raise RuntimeError(str(content)[:300])


class DashViewer(Viewer):
    """One kept-alive connection; a change is a POST of the callback's inputs."""

    def open(self) -> None:
        self._connection = HTTPConnection(urlsplit(self.address).netloc, timeout=ANSWER_SECONDS)
        self._ask("GET", "/")
        layout = self._ask("GET", "/_dash-layout")
        callback = json.loads(self._ask("GET", "/_dash-dependencies"))[0]
        weeks = next(each for each in _components(json.loads(layout)) if each.get("id") == "weeks")
        self._weeks = weeks["value"]
        self._output = callback["output"]

    def change(self, kind: str, chosen: Chosen) -> int:
        body = changed(self._output, kind, chosen, self._weeks)
        answer = self._ask("POST", "/_dash-update-component", json.dumps(body))
        if not json.loads(answer)["response"]["count"]["children"].endswith(" units"):
            raise RuntimeError("an answer without a table")
        return len(answer)

    def close(self) -> None:
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> bytes:
        self._connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return content


class StreamlitViewer(Viewer):
    """Streamlit's messages over the websocket: a change is a rerun with the widgets' states."""

    def open(self) -> None:
        self._socket = _socket(self.address, "_stcore/stream", ["streamlit"])
        self._ids: dict[str, str] = {}
        self._rerun(BackMsg(rerun_script={}))

    def change(self, kind: str, chosen: Chosen) -> int:
        states = [{"id": self._ids[name], "string_array_value": {"data": getattr(chosen, name)}} for name in self._ids]
        return self._rerun(BackMsg(rerun_script={"widget_states": {"widgets": states}}))

    def close(self) -> None:
        self._socket.close()

    def _rerun(self, message: BackMsg) -> int:
        """Run the script to its end."""
        self._socket.send(message.SerializeToString())
        size = 0
        while True:
            content = self._socket.recv(ANSWER_SECONDS)
            size += len(content)
            told = ForwardMsg.FromString(content if isinstance(content, bytes) else content.encode())
            if told.WhichOneof("type") == "delta" and told.delta.new_element.HasField("button_group"):
                widget = told.delta.new_element.button_group.id
                self._ids[widget.rsplit("-", 1)[-1]] = widget
            if told.WhichOneof("type") == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError("the script failed")
                return size


KINDS: dict[str, type[Viewer]] = {"ours": OurViewer, "dash": DashViewer, "streamlit": StreamlitViewer}


def changed(output: str, kind: str, chosen: Chosen, weeks: list[int]) -> dict[str, Any]:
    """What Dash's page posts when a filter of that kind is changed; `output` is the callback's name."""
    values = {"groups": chosen.groups, "types": chosen.types, "weeks": weeks}
    names = [name.rsplit(".", 1) for name in output.strip(".").split("...")]
    return {
        "output": output,
        "outputs": [{"id": component, "property": name} for component, name in names],
        "inputs": [{"id": name, "property": "value", "value": value} for name, value in values.items()],
        "changedPropIds": [f"{kind}.value"],
        "parsedChangedPropsIds": [f"{kind}.value"],
    }


def _socket(address: str, path: str, protocols: list[str]) -> ClientConnection:
    parts = urlsplit(address)
    where = f"ws://{parts.netloc}/{path}"
    return connect(where, subprotocols=protocols, origin=f"http://{parts.netloc}", legacy=True, **WHOLE)


def _models(node: Any, kind: str) -> Any:
    """Every model of a kind in a document's JSON, in order."""
    if isinstance(node, dict):
        if kind in str(node.get("name")) and "id" in node:
            yield node
        for value in node.values():
            yield from _models(value, kind)
    elif isinstance(node, list):
        for value in node:
            yield from _models(value, kind)


def _components(node: Any) -> Any:
    """The properties of every component in a layout's JSON."""
    if isinstance(node, dict):
        if "props" in node:
            yield node["props"]
        for value in node.values():
            yield from _components(value)
    elif isinstance(node, list):
        for value in node:
            yield from _components(value)
