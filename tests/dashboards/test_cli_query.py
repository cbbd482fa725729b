"""`campaign query`: the same answer as the query, in every format."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from dashboards.cli import main
from dashboards.commands import query
from data.prepared import Prepared
from data.publishing import publish
from data.snapshots import Snapshot
from queries.exceptions import SnapshotWarning
from queries.judging import STATISTICS
from queries.listings import LISTINGS
from queries.run import DIMENSIONS, rows, run
from queries.selection import Selection
from queries.source import Source, open_source

BYS = [(), ("group",), ("unit_type",), ("week",), ("unit",), ("group", "week"), ("group", "unit_type", "week")]


@pytest.fixture(scope="module")
def source(demo_data: Path) -> Source:
    return Source.open(Snapshot.newest(demo_data))


@pytest.fixture
def ask(demo_data: Path, capsysbinary: pytest.CaptureFixture[bytes]):
    def asked(*words: str) -> str:
        assert main(["query", *words, "--data", str(demo_data)]) == 0
        return capsysbinary.readouterr().out.decode()

    return asked


@pytest.mark.parametrize("by", BYS)
def test_json_holds_the_answer_of_the_query(ask, source: Source, by: tuple[str, ...]) -> None:
    grain = [word for name in by for word in ("--by", name)]
    answer = json.loads(ask("completion_rate", *grain, "--format", "json"))
    assert list(answer) == ["indicator", "selection", "snapshot", "notes", "rows"]
    assert answer["snapshot"] == source.snapshot_id
    assert answer["rows"] == run("completion_rate", source, Selection().resolve(source), by).to_dicts()


def test_by_all_is_one_row(ask) -> None:
    assert len(json.loads(ask("visits_per_unit", "--by", "all", "--format", "json"))["rows"]) == 1


def test_the_selection_is_told_with_every_date_filled_in(ask) -> None:
    words = ["--group", "T1", "T2", "--from", "2", "--known-on", "2014-04-29", "--events-until", "2014-04-13"]
    answer = json.loads(ask("on_time_rate", *words, "--format", "json"))
    assert answer["selection"] == {
        "known_on": "2014-04-27",
        "events_until": "2014-04-13",
        "groups": ["T1", "T2"],
        "unit_types": [],
        "period": [2, answer["selection"]["period"][1]],
    }
    assert answer["snapshot"].startswith("2014-04-27")


def test_a_day_means_the_week_that_holds_it(ask, source: Source) -> None:
    week = source.extent.week_of(date(2014, 4, 10))
    by_day = ask("visits_per_unit", "--by", "group", "--from", "2014-04-10", "--to", "2014-04-10", "--format", "csv")
    assert by_day == ask("visits_per_unit", "--by", "group", "--from", str(week), "--to", str(week), "--format", "csv")


def test_an_earlier_snapshot_is_compared_with_the_newest_for_what_came_late(ask) -> None:
    words = ["late_arriving_share", "--known-on", "2014-04-13", "--format", "json"]
    assert json.loads(ask(*words))["rows"][0]["numerator"] > 0


def test_csv_holds_the_answer_of_the_query(ask, source: Source) -> None:
    seen = pl.read_csv(io.StringIO(ask("weekly_coverage", "--by", "group", "--format", "csv")))
    expected = run("weekly_coverage", source, Selection().resolve(source), ("group",))
    assert_frame_equal(seen, expected, check_dtypes=False)


def test_the_rows_behind_a_number_can_be_listed(ask, source: Source) -> None:
    listed = json.loads(ask("completion_rate", "--rows", "--group", "T1", "--format", "json"))["rows"]
    expected = rows("completion_rate", source, Selection(groups=("T1",)).resolve(source))
    assert len(listed) == expected.height
    assert list(listed[0]) == expected.columns


@pytest.mark.parametrize("kind", ["table", "csv", "json", "parquet"])
def test_every_format_can_be_written_to_a_file(ask, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"answer.{kind}"
    assert ask("report_lag", "--by", "group", "--format", kind, "--output", str(target)) == ""
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.stat().st_size > 100


def test_parquet_goes_through_a_pipe(demo_data: Path, source: Source) -> None:
    words = ["query", "completion_rate", "--by", "group", "--format", "parquet", "--data", str(demo_data)]
    done = subprocess.run([sys.executable, "-m", "dashboards.cli", *words], capture_output=True, check=True)
    expected = run("completion_rate", source, Selection().resolve(source), ("group",))
    assert_frame_equal(pl.read_parquet(io.BytesIO(done.stdout)), expected)


def test_a_table_names_every_column_and_group(ask, source: Source) -> None:
    said = ask("completion_rate", "--by", "group")
    assert all(name in said for name in ("group_id", "value", "numerator", "denominator", "n_missing", "maturity"))
    assert all(group in said for group in source.extent.groups)


def test_every_dimension_can_be_asked_for() -> None:
    assert set(query.DIMENSIONS) == set(DIMENSIONS)


def test_the_balance_between_groups_is_that_of_another_share(ask, source: Source) -> None:
    answer = json.loads(ask("group_balance", "--of", "completion_rate", "--format", "json"))
    assert answer["of"] == "completion_rate"
    assert answer["rows"] == run("group_balance", source, Selection().resolve(source), of="completion_rate").to_dicts()
    listed = json.loads(ask("group_balance", "--of", "completion_rate", "--rows", "--format", "json"))
    assert listed["rows"] == rows("group_balance", source, Selection().resolve(source), "completion_rate").to_dicts()


def test_every_statistic_can_be_asked_for() -> None:
    assert set(query.STATISTICS) == set(STATISTICS)


@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_is_given_as_its_function_gives_it(
    demo_data: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["query", name, "--group", "T1", "C2", "--format", "json", "--data", str(demo_data)]) == 0
    told = json.loads(capsys.readouterr().out)
    source = Source.open(Snapshot.newest(demo_data))
    frame = LISTINGS[name](source, Selection(groups=("T1", "C2")))
    assert told["listing"] == name
    assert len(told["rows"]) == frame.height
    assert name == "late_facts" or set(told["rows"][0]) == set(frame.columns)


def test_a_listing_takes_no_grain(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "maturity", "--by", "group", "--data", str(demo_data)]) == 2
    assert "leave out --by" in capsys.readouterr().err


def test_the_funnel_flags_the_truly_weak_groups(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ["--known-on", "2014-04-27", "--events-until", "2014-04-13"]
    words = ["query", "on_time_rate", "--by", "group", "--with", "funnel", *days, "--format", "json"]
    assert main([*words, "--data", str(demo_data)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["with"] == "funnel"
    assert {row["group_id"] for row in told["rows"] if row["flag"] == "below"} == {"T3", "C1"}


def test_what_is_no_share_is_not_judged_by_chance(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "quality_score", "--by", "group", "--with", "wilson", "--data", str(demo_data)]) == 2
    assert "no share" in capsys.readouterr().err


@pytest.fixture
def damaged(demo_data: Path, tmp_path: Path) -> Path:
    """A data folder whose newest snapshot is damaged."""
    for snapshot in Snapshot.list(demo_data)[4:6]:
        newest = publish(Prepared.of(dict(snapshot.tables()), snapshot.known_on), tmp_path)
    path = newest.folder / "visits.parquet"
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    return tmp_path


def test_figures_of_an_older_snapshot_are_never_given_without_a_word(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", "on_time_rate", "--format", "json", "--data", str(damaged)]) == 0
    said = capsys.readouterr()
    (note,) = json.loads(said.out)["notes"]
    assert "the newest intact snapshot" in note
    assert said.err == f"campaign: {note}\n"
    with pytest.warns(SnapshotWarning, match="the newest intact snapshot"):
        assert open_source(damaged).notes == (note,)
    assert main(["templates", str(damaged / "books"), "--data", str(damaged)]) == 0
    assert note in capsys.readouterr().err
