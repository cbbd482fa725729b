"""Numbers, dates and data's own words as people of either language read them."""

import html
from collections.abc import Iterable
from datetime import date

from dashboards.text import say
from dashboards.theme import Language
from data.schemas.matters import NO_DUE_DAY

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NONE = "–"


def esc(text: object) -> str:
    """Data as text inside markup: nothing in it is ever read as markup."""
    return html.escape(str(text), quote=True)


def day(value: date | None, language: Language, *, year: bool = True) -> str:
    """A day: `13 Apr 2014` or `2014年4月13日`; a dash for none, and for the due day of what is never due."""
    if value is None or value == NO_DUE_DAY:
        return NONE
    if language == "zh":
        return f"{value.year}年{value.month}月{value.day}日" if year else f"{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")


def month(value: date, language: Language) -> str:
    """The month of a day: `Apr 2014` or `2014年4月`."""
    return f"{value.year}年{value.month}月" if language == "zh" else f"{MONTHS[value.month - 1]} {value.year}"


def stretch(first: date, last: date, language: Language) -> str:
    """From a day to a day, without the year: `14–15 Apr`, `30 Apr – 2 May`, `4月14日至15日`; one day as a day."""
    if first == last:
        return day(first, language, year=False)
    one_month = (first.year, first.month) == (last.year, last.month)
    if language == "zh":
        return f"{day(first, language, year=False)}至" + (
            f"{last.day}日" if one_month else day(last, language, year=False)
        )
    if one_month:
        return f"{first.day}–{day(last, language, year=False)}"
    return f"{day(first, language, year=False)} – {day(last, language, year=False)}"


def labelled(days: Iterable[date], launched: date, language: Language) -> dict[str, date]:
    """Days as choices, the latest first: `13 Apr 2014 · week 5`."""
    return {
        f"{day(one, language)} · {say(language, 'week.long', week=(one - launched).days // 7 + 1)}": one
        for one in sorted(days, reverse=True)
    }


def count(value: float | None) -> str:
    """A whole number with thousands apart; a dash for none."""
    return NONE if value is None else f"{value:,.0f}"


def signed(value: float) -> str:
    """A whole number as a change: `+15`, `−2`, `±0`."""
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{abs(value):,.0f}"


def percent(value: float | None, digits: int = 1) -> str:
    """A share as per cent; never rounded up to 100 % or down to 0 % while it is not."""
    if value is None:
        return NONE
    shown = round(value * 100, digits)
    if shown >= 100 and value < 1:
        shown = 100 - 10**-digits
    if shown <= 0 and value > 0:
        shown = 10**-digits
    return f"{shown:.{digits}f}%"


def measure(value: float | None, unit: str) -> str:
    """A value in its unit: share → per cent; visits, interviews, ratio → two decimals; days and others → one."""
    if value is None:
        return NONE
    if unit == "share":
        return percent(value)
    if unit in ("visits", "interviews", "ratio"):
        return f"{value:.2f}"
    return f"{value:g}" if value == int(value) else f"{value:.1f}"


def change(now: float | None, before: float | None, unit: str, points: str) -> str:
    """A change with its sign, in percentage points for shares; empty when either side is missing."""
    if now is None or before is None:
        return ""
    moved = now - before
    text = f"{abs(moved) * 100:.1f} {points}" if unit == "share" else f"{abs(moved):.2f}"
    if float(text.split()[0]) == 0:
        return "±0"
    return ("+" if moved > 0 else "−") + text


def names(values: Iterable[str], language: Language) -> str:
    """Several codes as a person lists them: `C1, C2 and T3`."""
    listed = list(values)
    if language == "zh":
        return "\u3001".join(listed)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
