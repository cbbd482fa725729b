"""The catalogue reads each indicator's definition from the head of its SQL file."""

import pytest

from queries import indicator, indicators
from queries.catalog import REQUIRED, header
from queries.exceptions import CatalogError, UnknownNameError

IDS = {
    "completion_rate": "I01",
    "on_time_rate": "I02",
    "visits_per_unit": "I07",
    "weekly_coverage": "I09",
    "report_timeliness": "I11a",
    "report_lag": "I11b",
    "late_arriving_share": "I11c",
    "event_to_report_latency": "I11d",
}


def test_the_catalogue_lists_the_indicators_by_id() -> None:
    assert {name: each.id for name, each in indicators().items()} == IDS
    assert list(indicators()) == list(IDS)


@pytest.mark.parametrize("name", IDS)
def test_every_field_is_filled_in_its_language(name: str) -> None:
    found = indicator(name)
    for field in REQUIRED:
        assert getattr(found, field), field
    for field in ("title", "question", "numerator", "denominator", "missing"):
        assert any("一" <= letter <= "鿿" for letter in getattr(found, f"{field}_zh")), field
        assert not any("一" <= letter <= "鿿" for letter in getattr(found, f"{field}_en")), field


def test_an_unknown_name_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'completion_rate'"):
        indicator("completion_rat")


def test_a_line_that_continues_is_joined_to_its_field() -> None:
    assert header("-- name: a\n-- unit: one\n--   and more\nselect 1") == {"name": "a", "unit": "one and more"}


def test_a_header_line_without_a_field_is_refused() -> None:
    with pytest.raises(CatalogError, match="field: text"):
        header("-- just a remark\nselect 1")
