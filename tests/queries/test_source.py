"""A source is a locked box: no files, no settings, one SELECT at a time, and any number of threads."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import duckdb
import given
import polars as pl
import pytest

from data.exceptions import SnapshotError
from data.schemas import TABLES
from data.snapshots import Snapshot
from queries import Selection, Source, database, open_source, run
from queries.database import Limits
from queries.exceptions import QueryError, StatementError, UnknownNameError
from queries.source import STAGED

KNOWN_ON = date(2014, 4, 13)
THREADS, CALLS = 8, 200


@pytest.fixture(scope="module")
def source() -> Source:
    visits = [
        {"visit_id": f"V{no}", "unit_id": "U1", "group_id": "T1", "visited_on": given.LAUNCHED_ON + timedelta(days=no)}
        for no in range(30)
    ]
    return given.source(given.tables({"T1": {"U1": "township"}}, {"visits": visits}), KNOWN_ON)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('{path}')",
        "select * from read_csv('{path}')",
        "select * from read_parquet('{path}')",
        "select * from '{path}'",
        "select * from glob('{folder}/*')",
        "copy visits to '{folder}/out.csv'",
        "copy visits to '.tmp/out.csv'",
        "copy visits from '{path}'",
        "attach '{folder}/other.db' as other",
        "attach ':memory:' as other",
        "install httpfs",
        "load '{path}'",
        "set threads = 1",
        "set enable_external_access = true",
        "reset lock_configuration",
        "pragma enable_profiling",
        "export database '{folder}/all'",
        "create table mine as select 1",
        "drop table visits",
        "delete from visits",
        "update visits set mode = 'phone'",
        "insert into visits select * from visits",
        "call pragma_version()",
        "select 1; drop table visits",
        "prepare all_visits as select * from visits",
        "",
        "select",
    ],
)
def test_whatever_is_not_one_select_over_its_tables_is_refused(source: Source, statement: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\ncanary\n", encoding="utf-8")
    with pytest.raises(StatementError) as refused:
        source.sql(statement.format(path=secret, folder=tmp_path))
    assert "canary" not in str(refused.value)
    assert list(tmp_path.iterdir()) == [secret]
    assert source.sql("select count(*) as visits from visits").item() == 30


def test_even_our_own_statements_cannot_reach_a_file(source: Source, tmp_path: Path) -> None:
    with pytest.raises(duckdb.PermissionException):
        source.query("select * from read_text($path)", {"path": str(tmp_path / "secret.csv")})


def test_a_python_variable_is_not_a_table(source: Source) -> None:
    secret = pl.DataFrame({"a": [1]})
    with pytest.raises(StatementError, match="secret does not exist"):
        source.sql("select * from secret")
    assert secret.height == 1


def test_an_analysts_select_takes_named_values(source: Source) -> None:
    found = source.sql("select visit_id from visits where visited_on = $day", day=date(2014, 3, 12))
    assert found["visit_id"].to_list() == ["V2"]
    with pytest.raises(StatementError):
        source.sql("select $day")


def test_an_endless_select_is_stopped() -> None:
    county = given.frames(given.tables({"T1": {"U1": "township"}}, {}))
    hasty = Source(
        {table: county.get(table, given.frame(table, [])) for table in TABLES},
        KNOWN_ON,
        snapshot_id="hasty",
        limits=Limits(timeout_s=0.2),
    )
    with pytest.raises(StatementError, match=r"longer than 0\.2 s"):
        hasty.sql("with recursive n as (select 1 as i union all select i + 1 from n) select count(*) from n")
    assert hasty.sql("select 1 as one").item() == 1


def test_many_threads_get_only_right_rows(source: Source) -> None:
    def ask(thread: int) -> int:
        wrong = 0
        for call in range(CALLS):
            day = given.LAUNCHED_ON + timedelta(days=(thread * 7 + call) % 30)
            rows = source.query("select visit_id, visited_on from visits where visited_on = $day", {"day": day})
            wrong += rows.rows() != [(f"V{(thread * 7 + call) % 30}", day)]
        return wrong

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(ask, range(THREADS))) == 0


def test_every_table_can_be_asked_and_read_whole(source: Source) -> None:
    assert set(TABLES) < set(source.tables())
    for table in source.tables():
        whole = source.table(table)
        assert source.sql(f"select count(*) as rows from {table}").item() == whole.height  # noqa: S608
    with pytest.raises(UnknownNameError, match="Did you mean 'visits'"):
        source.table("visit")


def test_frames_of_unknown_tables_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'visits'"):
        Source.from_frames({"visit": pl.DataFrame()}, KNOWN_ON)


def test_a_closed_source_gives_nothing_more() -> None:
    closed = given.source(given.tables({"T1": {"U1": "township"}}, {}), KNOWN_ON)
    closed.close()
    with pytest.raises(duckdb.Error):
        closed.query("select 1")


def test_the_snapshot_known_on_a_date_opens_with_the_newest_as_its_later_one(demo_data: Path) -> None:
    newest = open_source(demo_data)
    then = open_source(demo_data, known_on=date(2014, 4, 15))
    assert then.known_on == KNOWN_ON
    assert then.launched_on == date(2014, 3, 10)
    assert then.snapshot_id in {each.id for each in Snapshot.list(demo_data)}
    assert run("late_arriving_share", newest, Selection())["numerator"].item() == 0
    assert run("late_arriving_share", then, Selection())["numerator"].item() > 0
    from_source = Source.open(Snapshot.at(demo_data, KNOWN_ON), later=newest)
    assert run("late_arriving_share", from_source, Selection()).equals(run("late_arriving_share", then, Selection()))


def test_a_later_snapshot_that_is_older_is_refused(demo_data: Path) -> None:
    first, second = Snapshot.list(demo_data)[:2]
    with pytest.raises(QueryError, match="is older than"):
        Source.open(second, later=first)


def test_a_damaged_file_is_found_on_opening_though_nobody_has_read_it(demo_data: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(Snapshot.newest(demo_data).folder, tmp_path / Snapshot.newest(demo_data).id))
    file = folder / "bulletins.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o600)
    file.write_bytes(content)
    with pytest.raises(SnapshotError, match=r"bulletins\.parquet: expected sha256"):
        Source.open(Snapshot.open(folder))


def test_a_table_is_read_when_it_is_first_asked_for_and_once(demo_data: Path) -> None:
    asked: list[str] = []

    class Watched(dict[str, pl.DataFrame]):
        def __getitem__(self, table: str) -> pl.DataFrame:
            asked.append(table)
            return super().__getitem__(table)

    snapshot = Snapshot.newest(demo_data)
    source = Source(Watched(snapshot.tables()), snapshot.known_on, snapshot_id=snapshot.id)
    asked.clear()
    run("visits_per_unit", source, Selection())
    assert "visits" in asked
    assert "matters" not in asked
    run("visits_per_unit", source, Selection(), ["group"])
    assert source.sql("select count(*) as n from visits").item() == snapshot.frame("visits").height
    assert asked.count("visits") == 1


def test_a_derived_table_made_in_parts_is_the_one_made_at_once(
    demo_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, parts = open_source(demo_data), open_source(demo_data)
    at_once = {name: whole.table(name) for name in STAGED}
    monkeypatch.setattr(database, "PART", 1_000)
    for name, frame in at_once.items():
        found = parts.table(name)
        assert found.schema == frame.schema, name
        assert found.sort(found.columns).equals(frame.sort(frame.columns)), name
