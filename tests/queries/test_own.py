"""Indicators of an office's own folder: beside those that are shipped, checked the same, and never in their way."""

from collections.abc import Iterator
from pathlib import Path

import given
import pytest

from queries import Cube, Selection, Source, indicator, indicators, rows, run, take_in
from queries.beginning import existing, free_id, simplest, text_of
from queries.catalog import faults, names
from queries.exceptions import CatalogError, SelectionError, UnknownNameError

NAME = "announced_share"
SQL = text_of(indicator("targeted_visit_share"), NAME, "X01").replace("targeted_action is null", "not announced")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    take_in(tmp_path)
    yield tmp_path
    take_in(None)


def write(folder: Path, text: str = SQL, name: str = NAME) -> None:
    (folder / f"{name}.sql").write_text(text, encoding="utf-8")


def county(announced: tuple[bool, ...]) -> Source:
    visits = [
        {"visit_id": f"V{no}", "unit_id": "U1", "group_id": "T1", "visited_on": given.LAUNCHED_ON, "announced": each}
        for no, each in enumerate(announced)
    ]
    return given.source(given.tables({"T1": {"U1": "township"}}, {"visits": visits}), given.LAUNCHED_ON)


def test_an_own_indicator_stands_after_the_shipped_ones_and_answers(folder: Path) -> None:
    shipped = list(indicators())
    write(folder)
    assert list(indicators()) == [*shipped, NAME]
    assert indicator(NAME).is_own
    source = county((True, False, False))
    answer = run(NAME, source, Selection())
    assert answer.select("numerator", "denominator").row(0) == (1, 3)
    assert answer.equals(Cube.of(source).answer(NAME, Selection()))
    assert rows(NAME, source, Selection()).height == 3


def test_without_the_folder_there_are_the_shipped_ones_only(folder: Path) -> None:
    write(folder)
    take_in(None)
    assert NAME not in indicators()
    assert len(indicators()) == len(names("indicators"))
    assert not any(each.is_own for each in indicators().values())


def test_a_file_written_anew_counts_from_the_next_question_on(folder: Path) -> None:
    write(folder)
    source = county((True, False, False))
    cube = Cube.of(source)
    assert cube.answer(NAME, Selection())["numerator"].item() == 1
    write(folder, SQL.replace("not announced", "announced"))
    assert cube.answer(NAME, Selection())["numerator"].item() == 2
    (folder / f"{NAME}.sql").unlink()
    with pytest.raises(UnknownNameError, match=NAME):
        cube.answer(NAME, Selection())


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("on_time_rate", f"name: {NAME}", "name: on_time_rate", "comes with the application: rename the file"),
        (NAME, "id: X01", "id: I02", "id I02 is that of on_time_rate"),
        (NAME, "-- title_zh", "-- titel_zh", "title_zh is missing"),
        (NAME, "unit: share", "unit: shares", "unit 'shares' is none of"),
        (NAME, "$to_on", "$to", "unknown value \\$to"),
        (NAME, "-- unit: share", "-- unit share", "a header line is"),
        ("Announced", f"name: {NAME}", "name: Announced", "is no name for an indicator"),
        ("other", "id: X01", "id: X02", f"name '{NAME}' is none of other"),
    ],
)
def test_a_file_with_a_fault_is_left_out_and_named_and_the_others_go_on(
    folder: Path, name: str, old: str, new: str, said: str
) -> None:
    write(folder, SQL.replace(f"name: {NAME}", "name: sound").replace("id: X01", "id: X09"), "sound")
    assert old in SQL
    write(folder, SQL.replace(old, new), name)
    assert set(faults()) == {name}
    assert f"{name}.sql" in faults()[name]
    with pytest.raises(CatalogError, match=said):
        raise CatalogError(faults()[name])
    assert not indicators()["on_time_rate"].is_own
    assert indicator("sound").is_own
    if name == NAME:
        with pytest.raises(CatalogError, match=said):
            indicator(NAME)


def test_what_the_database_refuses_is_said_of_the_indicator(folder: Path) -> None:
    source = county((True,))
    write(folder, SQL.replace("not announced", "anounced"))
    with pytest.raises(CatalogError, match=r"announced_share cannot be run, mend its SQL: .*anounced"):
        run(NAME, source, Selection())
    write(folder, SQL.replace("from unit_visits", "from read_text('x')"))
    with pytest.raises(CatalogError, match="cannot be run"):
        rows(NAME, source, Selection())
    write(folder, SQL.replace("key: visited_on", "key: day"))
    with pytest.raises(CatalogError, match="key 'day' is no column"):
        rows(NAME, source, Selection())


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path, folder: Path) -> None:
    take_in(tmp_path / "nowhere")
    assert "there is no folder" in faults()["nowhere"]
    assert indicator("on_time_rate").id == "I02"


def test_a_beginning_differs_from_its_model_in_id_name_and_titles_only() -> None:
    for like in (each for each in indicators().values() if not each.over):
        old, new = like.sql.splitlines(), text_of(like, NAME, "X01").splitlines()
        changed = [each for each in new if each not in old]
        assert [each.split(":")[0] for each in changed] == ["-- id", "-- name", "-- title_zh", "-- title_en"]
        assert len([each for each in old if each not in new]) == len(changed)


def test_an_id_is_free_and_of_the_family_in_a_checkout(folder: Path) -> None:
    like = indicator("on_time_rate")
    assert free_id(like, is_own=False) == "I02a"
    assert free_id(like, is_own=True) == "X01"
    write(folder)
    assert free_id(like, is_own=True) == "X02"


def test_a_table_is_begun_with_by_the_simplest_that_reads_it() -> None:
    assert simplest("unit_visits").name == "targeted_visit_share"
    assert simplest("due_instances").name == "completion_rate"
    with pytest.raises(UnknownNameError, match="Did you mean 'unit_visits'"):
        simplest("visits")
    with pytest.raises(SelectionError, match="begin with the share itself"):
        existing("group_balance")
