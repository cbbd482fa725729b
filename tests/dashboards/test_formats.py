"""Numbers and days as people read them, in both languages."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.formats import NONE, change, count, day, esc, measure, percent

shares = st.floats(0, 1)


def test_a_day_in_both_languages() -> None:
    assert day(date(2014, 4, 3), "en") == "3 Apr 2014"
    assert day(date(2014, 4, 3), "zh") == "2014年4月3日"
    assert day(date(2014, 4, 3), "en", year=False) == "3 Apr"
    assert day(date(2014, 4, 3), "zh", year=False) == "4月3日"
    assert day(None, "en") == day(None, "zh") == NONE


@given(st.dates())
def test_every_day_is_told_with_its_numbers(value: date) -> None:
    assert day(value, "zh") == f"{value.year}年{value.month}月{value.day}日"
    assert day(value, "en").split() == [str(value.day), value.strftime("%b"), str(value.year)]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, NONE), (0.0, "0.0%"), (1.0, "100.0%"), (0.9999, "99.9%"), (0.0001, "0.1%"), (0.8756, "87.6%")],
)
def test_a_share_is_rounded_but_never_to_all_or_nothing(value: float | None, shown: str) -> None:
    assert percent(value) == shown


@given(value=shares, digits=st.integers(0, 3))
def test_only_all_is_100_percent_and_only_nothing_is_0(value: float, digits: int) -> None:
    shown = float(percent(value, digits).rstrip("%"))
    assert (shown >= 100) == (value == 1)
    assert (shown <= 0) == (value == 0)
    assert abs(shown - value * 100) <= 10**-digits


@given(st.floats(0, 1e9))
def test_a_count_is_whole_and_can_be_read_back(value: float) -> None:
    assert abs(int(count(value).replace(",", "")) - value) <= 0.5


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "share", NONE),
        (0.25, "share", "25.0%"),
        (1.5, "visits", "1.50"),
        (4.0, "days", "4"),
        (4.5, "days", "4.5"),
        (1234.0, "days", "1234"),
    ],
)
def test_a_measure_in_its_unit(value: float | None, unit: str, shown: str) -> None:
    assert measure(value, unit) == shown


@pytest.mark.parametrize(
    ("now", "before", "unit", "shown"),
    [
        (None, 0.5, "share", ""),
        (0.5, None, "share", ""),
        (0.5, 0.5, "share", "±0"),
        (0.5, 0.50001, "share", "±0"),
        (0.62, 0.5, "share", "+12.0 pp"),
        (0.5, 0.62, "share", "−12.0 pp"),
        (3.0, 2.25, "visits", "+0.75"),
    ],
)
def test_a_change_has_a_sign_or_is_none(now: float | None, before: float | None, unit: str, shown: str) -> None:
    assert change(now, before, unit, "pp") == shown


@given(now=shares, before=shares)
def test_the_sign_of_a_change_is_the_way_it_moved(now: float, before: float) -> None:
    said = change(now, before, "share", "个百分点")
    if said != "±0":
        assert (said[0] == "+") == (now > before)


@given(st.text())
def test_escaped_text_holds_no_markup(text: str) -> None:
    assert not set(esc(text)) & set("<>\"'")
