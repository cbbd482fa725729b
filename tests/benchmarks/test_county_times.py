"""A county twice over is twice the county: the same figures, twice the counts, and nothing that the rules refuse."""

from pathlib import Path

import county_times
import polars as pl
import pytest

from data.schemas import TABLES, columns
from data.snapshots import Snapshot
from queries import Selection, Source, indicators, run

TIMES = 2
ALIKE = {"optional_carriers"}
"""Carriers are told apart by their words, and every copy has the same."""


@pytest.fixture(scope="module")
def county(demo_data: Path) -> Snapshot:
    return Snapshot.newest(demo_data)


@pytest.fixture(scope="module")
def twice(county: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("twice")
    county_times.write(county, TIMES, folder)
    return Snapshot.newest(folder)


def test_every_table_has_its_rows_twice_and_what_holds_for_all_once(county: Snapshot, twice: Snapshot) -> None:
    twice.verify()
    for table, file in county.manifest.tables.items():
        assert twice.manifest.tables[table].rows == file.rows * (1 if table in county_times.SINGLE else TIMES), table


def test_every_reference_and_every_evidence_is_found(twice: Snapshot) -> None:
    for table in TABLES:
        frame = twice.frame(table)
        assert not frame.select(column.name for column in columns(table) if column.key).is_duplicated().any(), table
        for column in columns(table):
            if column.references:
                target, name = column.references.split(".")
                known = twice.frame(target)[name].unique()
                assert frame[column.name].drop_nulls().is_in(known.implode()).all(), (table, column.name)
    for (table,), events in twice.frame("appraisal_events").group_by("evidence_table"):
        parts = [pl.col(column.name).cast(pl.String) for column in columns(str(table)) if column.key]
        known = twice.frame(str(table)).select(pl.concat_str(parts, separator="|").alias("evidence_key"))
        assert events.join(known, on="evidence_key", how="anti").is_empty(), table


@pytest.mark.parametrize("name", sorted(set(indicators()) - ALIKE))
def test_every_figure_is_that_of_the_county(county: Snapshot, twice: Snapshot, name: str) -> None:
    own, double = (run(name, source(snapshot), Selection()).row(0, named=True) for snapshot in (county, twice))
    defined = indicators()[name]
    assert double["value"] == pytest.approx(own["value"] * (TIMES if defined.aggregation == "total" else 1))
    if not defined.over:
        assert double["numerator"] == pytest.approx(own["numerator"] * TIMES)
        assert double["denominator"] == pytest.approx(own["denominator"] * TIMES)


OPEN: dict[str, Source] = {}


def source(snapshot: Snapshot) -> Source:
    """Each opened once."""
    return OPEN.setdefault(snapshot.id, Source.open(snapshot))


def test_the_same_county_gives_the_same_bytes(county: Snapshot, twice: Snapshot, tmp_path: Path) -> None:
    assert county_times.write(county, TIMES, tmp_path).manifest.content_hash == twice.manifest.content_hash
