"""V31 on hand-made rows: what a week loses of the one before."""

from datetime import date

import pytest

from data.rules import RULES

KNOWN_ON = date(2014, 4, 13)
V31 = next(rule for rule in RULES if rule.code == "V31")


@pytest.mark.parametrize(
    ("table", "key"),
    [("visits", "V1"), ("units", "U1"), ("action_precedence", "A03|A05"), ("work_calendar", "2014-04-05")],
)
def test_a_row_that_is_gone_is_named_by_its_key_in_every_table(week, table: str, key: str) -> None:
    before = week({})
    after = {**before, table: before[table].clear()}
    assert V31(after, KNOWN_ON, before)["value"].to_list()[:1] == [key]


def test_a_unit_that_takes_the_place_of_another_is_a_loss(week) -> None:
    before, after = week({"units": [{}]}), week({"units": [{"unit_id": "U9"}]})
    assert V31(after, KNOWN_ON, before).select("table", "row", "value").rows() == [("units", None, "U1")]


def test_what_stands_in_both_weeks_is_no_loss_and_a_first_week_has_none(week) -> None:
    assert V31(week({}), KNOWN_ON, week({})).is_empty()
    assert V31(week({}), KNOWN_ON, None).is_empty()
