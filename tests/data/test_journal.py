import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from data.journal import LOG, NOTHING_BEFORE, Entry, Journal, moment


def entry(number: int, **changes: object) -> Entry:
    id = f"2014-03-{number:02d}-{number:04d}-0123456789abcdef"
    drawn_up = Entry("2014-03-16T00:00:00+00:00", "steward", "published", number, id, "ab" * 32)
    return replace(drawn_up, **changes)  # type: ignore[arg-type]


def written(folder: Path, count: int = 3) -> Journal:
    journal = Journal.read(folder)
    for number in range(1, count + 1):
        journal = journal.append(entry(number))
    return journal


def test_what_was_written_is_read_back_with_its_chain(tmp_path: Path) -> None:
    journal = written(tmp_path)
    assert Journal.read(tmp_path) == journal
    assert [line.sequence for line in journal.entries] == [1, 2, 3]
    assert journal.entries[0].prev_sha256 == NOTHING_BEFORE
    assert (journal.faults, journal.torn) == ((), b"")


def test_every_line_is_json_and_names_a_role(tmp_path: Path) -> None:
    written(tmp_path)
    lines = [json.loads(line) for line in (tmp_path / LOG).read_text(encoding="utf-8").splitlines()]
    assert {line["by"] for line in lines} == {"steward"}
    assert all({"prev_sha256", "sha256"} <= set(line) for line in lines)


def test_a_folder_without_a_log_has_an_empty_one(tmp_path: Path) -> None:
    assert Journal.read(tmp_path).entries == ()
    Journal.read(tmp_path).append()
    assert not (tmp_path / LOG).exists()


def test_every_flipped_bit_of_a_log_is_seen(tmp_path: Path) -> None:
    written(tmp_path)
    path = tmp_path / LOG
    content = path.read_bytes()
    for position in range(0, len(content) * 8, 3):
        flipped = bytearray(content)
        flipped[position // 8] ^= 1 << position % 8
        path.write_bytes(flipped)
        seen = Journal.read(tmp_path)
        assert seen.faults or seen.torn, position


@pytest.mark.parametrize("dropped", [0, 1])
def test_a_dropped_or_moved_line_is_seen(tmp_path: Path, dropped: int) -> None:
    written(tmp_path)
    path = tmp_path / LOG
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:dropped] + lines[dropped + 1 :]))
    assert Journal.read(tmp_path).faults == (f"line {dropped + 1}: it does not follow the line that stands before it",)
    path.write_bytes(lines[1] + lines[0] + lines[2])
    assert Journal.read(tmp_path).faults


def test_a_line_torn_at_any_byte_is_cut_off_by_the_next_writer(tmp_path: Path) -> None:
    written(tmp_path, 2)
    path = tmp_path / LOG
    whole = path.read_bytes()
    last = whole.splitlines(keepends=True)[-1]
    for length in range(1, len(last)):
        path.write_bytes(whole + last[:length])
        torn = Journal.read(tmp_path)
        assert (len(torn.entries), torn.torn, torn.faults) == (2, last[:length], ())
        torn.append()
        assert path.read_bytes() == whole


def test_a_line_whose_blocks_never_reached_the_disk_counts_as_torn(tmp_path: Path) -> None:
    written(tmp_path, 1)
    with (tmp_path / LOG).open("ab") as log:
        log.write(bytes(300) + b'"}\n')
    again = Journal.read(tmp_path).append(entry(2))
    assert Journal.read(tmp_path) == again
    assert [line.sequence for line in again.entries] == [1, 2]


def test_a_fault_in_the_middle_stays_and_the_chain_goes_on_after_it(tmp_path: Path) -> None:
    written(tmp_path)
    path = tmp_path / LOG
    path.write_bytes(path.read_bytes().replace(b'"sequence": 2', b'"sequence": 7'))
    journal = Journal.read(tmp_path)
    assert journal.faults == (
        "line 2: its text was changed after it was written",
        "line 3: it does not follow the line that stands before it",
    )
    assert [line.sequence for line in journal.append(entry(4)).entries] == [1, 3, 4]
    assert Journal.read(tmp_path).faults == journal.faults


def test_a_line_of_another_program_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes(b'{"event": "published"}\n[1]\nnot json\n' + b"[" * 100_000 + b"\n")
    journal = Journal.read(tmp_path)
    assert journal.entries == ()
    assert [fault.partition(":")[0] for fault in journal.faults] == ["line 1", "line 2", "line 3", "line 4"]


def test_the_newest_entry_of_a_kind_is_found_by_snapshot_or_publication(tmp_path: Path) -> None:
    journal = written(tmp_path, 2).append(entry(1, event="rolled back", sequence=3, because="because"))
    last = journal.last("published", "rolled back")
    assert last is not None
    assert last.because == "because"
    assert journal.last("published", id=entry(1).id) == journal.entries[0]
    assert journal.last("rolled back", sequence=3) == journal.entries[2]
    assert journal.last("deleted") is None


def test_a_moment_is_written_in_utc_to_the_second() -> None:
    shanghai = datetime(2014, 3, 16, 23, 59, 59, 500, tzinfo=timezone(timedelta(hours=8)))
    assert moment(shanghai) == "2014-03-16T15:59:59+00:00"
    assert abs(datetime.fromisoformat(moment(None)) - datetime.now(UTC)) < timedelta(seconds=5)
