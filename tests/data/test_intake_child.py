"""The reading process: what it cannot survive is a fault of the file it was given, and the others are still read."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.intake import Child, Here, Limits, UnreadableError, read_folder
from data.schemas import columns

NAMES = [column.name for column in columns("stages")]
GOOD = (",".join(NAMES) + "\nS0,动员,Launch,2014-03-10,2014-03-28\n").encode()
HUGE = (",".join(NAMES) + "\n" + f"S0,{'a' * 150},b,2014-03-10,2014-03-28\n" * 190_000).encode()
LARGE = (",".join(NAMES) + "\n" + "S0,a,b,2014-03-10,2014-03-28\n" * 150_000).encode()


@pytest.fixture(scope="module")
def reader() -> Iterator[Child]:
    with Child() as child:
        yield child


def advice(reader: Child, content: bytes, limits: Limits) -> tuple[str, str]:
    """The file that is named, and what is said of it."""
    with pytest.raises(UnreadableError) as refused:
        reader.table("stages.csv", content, "stages", limits)
    (fault,) = refused.value.failures
    return fault.file, fault.message


def test_a_file_is_read_as_in_this_process(reader: Child) -> None:
    apart, here = (one.table("stages.csv", GOOD, "stages", Limits()) for one in (reader, Here()))
    assert apart.frame.equals(here.frame)
    assert (apart.source, apart.failures, apart.places.of(0)) == (here.source, here.failures, here.places.of(0))
    assert 0 < reader.peak_bytes < Limits().memory_bytes


def test_one_process_serves_one_file_after_another(reader: Child) -> None:
    reader.table("stages.csv", GOOD, "stages", Limits())
    first = reader.process_id
    reader.table("stages.csv", GOOD, "stages", Limits())
    assert reader.process_id == first
    assert first not in (None, os.getpid())


def test_what_is_wrong_with_a_file_comes_back_whole(reader: Child) -> None:
    with pytest.raises(UnreadableError) as refused:
        reader.table("stages.csv", b"stage,name\n", "stages", Limits())
    assert {fault.column for fault in refused.value.failures} >= {"name", "name_zh", "window_to"}


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_read(reader: Child) -> None:
    reader.table("stages.csv", GOOD, "stages", Limits())
    assert advice(reader, LARGE, Limits(seconds=0.02)) == (
        "stages.csv",
        "not read within 0.02 seconds: split it, or save it again from Excel",
    )
    assert reader.table("stages.csv", GOOD, "stages", Limits()).frame.height == 1


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_one_read() -> None:
    small = Limits(memory_bytes=180_000_000)
    with Child() as reader:
        file, message = advice(reader, HUGE, small)
        assert file == "stages.csv"
        assert "needs more than 180 MB" in message or "died of it" in message
        assert reader.table("stages.csv", GOOD, "stages", small).frame.height == 1
        assert reader.peak_bytes < 200_000_000


def test_the_file_at_which_the_process_dies_is_the_one_that_failed(reader: Child) -> None:
    reader.table("stages.csv", GOOD, "stages", Limits())
    process = reader.process_id
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    killer = threading.Timer(0.2, os.kill, (process, signal.SIGKILL))
    killer.start()
    assert advice(reader, GOOD, Limits()) == (
        "stages.csv",
        "the process that read this file died of it (SIGKILL): save it again from Excel, or send CSV",
    )
    killer.join()
    assert reader.table("stages.csv", GOOD, "stages", Limits()).frame.height == 1
    assert reader.process_id not in (None, process)


def test_a_process_that_kept_much_memory_is_replaced(reader: Child) -> None:
    reader.table("stages.csv", GOOD, "stages", Limits())
    first = reader.process_id
    assert reader.table("stages.csv", LARGE, "stages", Limits()).frame.height == 150_000
    reader.table("stages.csv", GOOD, "stages", Limits())
    assert reader.process_id != first


def test_after_the_context_no_process_is_left() -> None:
    with Child() as reader:
        reader.table("stages.csv", GOOD, "stages", Limits())
        process = reader.process_id
    assert reader.process_id is None
    assert process is not None
    assert not Path(f"/proc/{process}").exists() or _is_gone(process)


def test_a_process_that_cannot_be_started_is_our_own_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Child() as reader, pytest.raises(ChildProcessError, match=r"did not start \(exit code 1\)"):
        reader.table("stages.csv", GOOD, "stages", Limits())


def test_a_folder_with_one_deadly_file_is_read_but_for_that_file(tmp_path: Path) -> None:
    (tmp_path / "stages.csv").write_bytes(HUGE)
    header = ",".join(column.name for column in columns("action_precedence"))
    (tmp_path / "action_precedence.csv").write_text(f"{header}\nA01,A02,finish_before_start,0,true\n")
    received = read_folder(tmp_path, Limits(memory_bytes=180_000_000))
    assert received.frames["action_precedence"].height == 1
    assert [(fault.file, fault.rule) for fault in received.failures] == [("stages.csv", "file")]
    assert received.unread == {"stages"}


def test_nothing_of_the_folder_one_works_in_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "polars.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    with Child() as reader:
        assert reader.table("stages.csv", GOOD, "stages", Limits()).frame.height == 1


def _is_gone(process: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
