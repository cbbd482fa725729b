"""The catalogue reads each indicator's definition from the head of its SQL file."""

import re

import pytest

from queries import indicator, indicators
from queries.catalog import REQUIRED, header
from queries.exceptions import CatalogError, UnknownNameError

NUMBER = re.compile(r"I(\d\d)([a-z]*)")


def test_the_catalogue_lists_every_indicator_of_the_domain_by_id() -> None:
    ids = [each.id for each in indicators().values()]
    assert ids == sorted(set(ids))
    assert {match[1] for each in ids if (match := NUMBER.fullmatch(each))} == {f"{no:02}" for no in range(1, 21)}


@pytest.mark.parametrize("name", indicators())
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
