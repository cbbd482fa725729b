"""What the errors about data say, and that they survive the way from another process."""

import pickle

import polars as pl
import pytest

from data.exceptions import DataError, RefusedError, SnapshotError, UnknownTableError

FAILURES = pl.DataFrame(
    {
        "file": ["visits.csv", "units.csv"],
        "place": ["row 17", "row 3"],
        "rule": ["V21", "V04"],
        "column": ["interview_count", "name_zh"],
        "value": ["2", ""],
        "message": ["the count is 0", "must not be empty"],
    }
)


@pytest.mark.parametrize("error", [RefusedError(FAILURES), SnapshotError("damaged"), UnknownTableError("visit")])
def test_every_error_about_data_is_of_one_family_and_can_be_sent(error: DataError) -> None:
    assert isinstance(error, DataError)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_a_refusal_counts_its_faults_and_keeps_them() -> None:
    error = RefusedError(FAILURES)
    assert "2 faults under V04, V21" in str(error)
    assert error.failures.equals(FAILURES)
    assert "1 fault under V21" in str(RefusedError(FAILURES.head(1)))


def test_an_unknown_table_is_answered_with_the_nearest_or_with_all() -> None:
    assert "Did you mean 'visits'?" in str(UnknownTableError("visit"))
    assert "The tables are a, b." in str(UnknownTableError("qqq", ["a", "b"]))
