"""A message of the browser that overtakes the opening of its comm is handled once the comm is open, not dropped."""

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from dashboards import notebook


def _kernel() -> tuple[SimpleNamespace, list[str]]:
    """A kernel as small as the hook needs: it drops a message whose comm is not open, as ipykernel does."""
    handled: list[str] = []
    manager = SimpleNamespace(comms={})

    def handle(stream: Any, identity: Any, message: Any) -> None:
        if message["content"]["comm_id"] in manager.comms:
            handled.append(message["content"]["data"])

    return SimpleNamespace(shell_handlers={"comm_msg": handle}, comm_manager=manager), handled


def _handle(kernel: SimpleNamespace, data: str) -> Any:
    return kernel.shell_handlers["comm_msg"](None, None, {"content": {"comm_id": "filters", "data": data}})


def _send(kernel: SimpleNamespace, data: str) -> None:
    asyncio.run(_handle(kernel, data))


def test_a_click_before_its_comm_is_open_waits_for_it() -> None:
    kernel, handled = _kernel()
    notebook._hear_every_click(kernel)
    subshell = threading.Thread(target=_send, args=(kernel, "click"))
    subshell.start()
    subshell.join(0.2)
    assert subshell.is_alive()
    assert handled == []
    kernel.comm_manager.comms["filters"] = object()
    subshell.join(10)
    assert handled == ["click"]


def test_the_main_shell_never_waits_for_what_stands_behind_it() -> None:
    kernel, handled = _kernel()
    notebook._hear_every_click(kernel)
    with pytest.raises(StopIteration):  # it ends at the first step: nothing was awaited
        _handle(kernel, "click").send(None)
    assert handled == []


def test_waiting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "PATIENCE", 0.1)
    kernel, handled = _kernel()
    notebook._hear_every_click(kernel)
    subshell = threading.Thread(target=_send, args=(kernel, "click"))
    subshell.start()
    subshell.join(10)
    assert not subshell.is_alive()
    assert handled == []


def test_preparing_again_adds_no_second_wait() -> None:
    kernel, _handled = _kernel()
    notebook._hear_every_click(kernel)
    first = kernel.shell_handlers["comm_msg"]
    notebook._hear_every_click(kernel)
    assert kernel.shell_handlers["comm_msg"] is first
    notebook._hear_every_click(SimpleNamespace())
