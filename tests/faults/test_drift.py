from pathlib import Path

from drift import drifts, refuse_all

from data.schemas import TABLES

KINDS = {"add", "drop", "rename", "widen", "narrow", "reorder", "null", "dictionary", "timezone"}


def test_every_drift_of_a_schema_is_refused_by_table_and_column(ground: Path) -> None:
    outcome = refuse_all(ground, every=7)
    assert outcome.failures == []
    assert set(outcome.counts) == KINDS
    assert outcome.tried == 3 * outcome.counts.total() > 1000


def test_every_table_is_in_the_matrix() -> None:
    matrix = list(drifts())
    assert {drift.table for drift in matrix if drift.kind == "drop"} == set(TABLES)
    assert len({str(drift) for drift in matrix}) == len(matrix) > 2000
