"""The supervised matters: what was decided, how long it lay at each level, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from data.demo.bodies import body_of, station
from data.demo.calendar import LAUNCH, add_workdays, next_workday
from data.demo.chance import below, between, chance
from data.demo.groups import Unit, units
from data.demo.rows import stamp

TITLES: Final = (
    *("农村饮水安全改造", "村道硬化收尾", "便民服务大厅延时办理", "秸秆综合利用", "旧城区排水整治"),
    *("义务教育校舍加固", "基层卫生室达标", "集贸市场规范", "河道清淤", "低收入家庭住房修缮"),
    *("公共路灯更新", "小微企业用电扩容", "农技推广进村", "档案清理上架", "公开办事流程压缩"),
    *("垃圾转运站建设", "山塘加固", "敬老院供暖改造", "停车秩序整治", "就业培训补助发放"),
    *("林区防火通道", "图书下乡", "公园步道修复", "气象预警入户"),
)
SOURCES: Final = (
    "decision_meeting", "document", "leader_instruction", "deputies_proposal", "supervision_finding", "mass_letter",
    "decision_meeting", "media",
)  # fmt: skip
STARTS: Final = (0, 0, 1, 2, 3, 4, 7, 8, 9, 14, 16, 21, 28, 36, 43, 51, 58, 66, 75, 87, 101, 120, 142, 163)
"""Days after the launch on which the matters were decided."""
LIMITS: Final = {"urgent": 20, "ordinary": 40, "difficult": 60}
ALLOWED: Final = (3, 5, 15, 10)
"""Days allowed at each level, city to grass roots."""
HELD: Final = ((1, 4), (8, 26), (10, 26), (6, 14))
"""Days really held at each level: the county level is the bottleneck."""
CANCELLED: Final = 17
UNANSWERED: Final = (5, 11)
"""Matters that never left the county level in time: places in the list."""


class Event(NamedTuple):
    """One event in the life of a matter."""

    kind: str
    day: date
    from_body: str | None = None
    to_body: str | None = None
    to_level: int | None = None
    allowed_days: int | None = None
    slip_colour: str | None = None
    stall_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter with its events in order of days."""

    number: int
    lead: Unit
    urgency: str
    decided_on: date
    due_on_original: date
    extended_to: date | None
    events: tuple[Event, ...]

    @property
    def matter_id(self) -> str:
        """Key of the matter."""
        return f"M{self.number:03d}"

    def day_of(self, kind: str) -> date | None:
        """The last day of a kind of event; none if there was none."""
        return next((event.day for event in reversed(self.events) if event.kind == kind), None)

    def heard_at(self, event: Event) -> datetime:
        """When the office entered an event: at the end of its day, or on the next working day."""
        late = below(2, "matter heard", self.number, event.day)
        return stamp(add_workdays(event.day, late) if late else next_workday(event.day), "matter", self.number)


@cache
def matters() -> tuple[Matter, ...]:
    """The 24 matters in order of decision."""
    return tuple(_matter(number) for number in range(1, len(TITLES) + 1))


def _matter(number: int) -> Matter:
    lead = units()[(number * 37 + 5) % len(units())]
    urgency = ("ordinary", "urgent", "difficult", "ordinary")[number % 4]
    decided = next_workday(LAUNCH + timedelta(days=STARTS[number - 1]))
    registered = add_workdays(decided, below(2, "registered", number))
    due = next_workday(registered + timedelta(days=LIMITS[urgency]))
    moves = _moves(number, lead, registered)
    extended = next_workday(due + timedelta(days=20)) if number % 3 != 1 else None
    events = moves + _ends(number, moves[-1])
    if number == CANCELLED:
        events = moves
    claimed = next((event.day for event in events if event.kind == "claimed_done"), due)
    if claimed <= due:
        extended = None
    if extended:
        asked = add_workdays(due, -3)
        events += [Event("extension_asked", asked, body_of(lead)), Event("extension_granted", add_workdays(asked, 1))]
    limit = extended or due
    closed = next((event.day for event in events if event.kind == "closed"), date(2014, 9, 28))
    events += _pressure(number, urgency, limit, closed)
    ordered = sorted(enumerate(events), key=lambda item: (item[1].day, item[0]))
    return Matter(number, lead, urgency, decided, due, extended, tuple(event for _, event in ordered))


def _moves(number: int, lead: Unit, registered: date) -> list[Event]:
    county = ("B-PARTY", "B-GOV")[number % 2]
    city = ("B-CITY-P", "B-CITY-G")[number % 2]
    held = [between(*days, "held", number, level) for level, days in enumerate(HELD)]
    reason = ("unclear_division", "waits_for_other", "unclear_division", "no_resources")[number % 4]
    assigned = next_workday(registered + timedelta(days=held[0]))
    events = [
        Event("registered", registered, None, city, 0, ALLOWED[0]),
        Event("assigned", assigned, city, county, 1, ALLOWED[1]),
        Event("signed_for", assigned, None, county),
    ]
    if number in UNANSWERED:
        held[1] = 58
    passed = next_workday(assigned + timedelta(days=held[1]))
    events.append(
        Event("forwarded", passed, county, body_of(lead), 2, ALLOWED[2], None, reason if held[1] > 9 else None)
    )
    events.append(Event("started", add_workdays(passed, 1), body_of(lead)))
    if number % 9 == 4:
        back = add_workdays(passed, 4)
        events.append(Event("returned", back, body_of(lead), county, 1, ALLOWED[1], None, "unclear_division"))
        passed = add_workdays(back, 5)
        events.append(Event("forwarded", passed, county, body_of(lead), 2, ALLOWED[2]))
    if number % 3:
        reached = next_workday(passed + timedelta(days=held[2]))
        events.append(Event("forwarded", reached, body_of(lead), station(number), 3, ALLOWED[3]))
    return events


def _ends(number: int, last: Event) -> list[Event]:
    level = last.to_level or 2
    feedback = add_workdays(last.day, 3)
    claimed = next_workday(last.day + timedelta(days=max(5, between(*HELD[level], "end", number))))
    verified = add_workdays(claimed, between(2, 5, "verified", number))
    events = [Event("feedback", min(feedback, claimed), last.to_body), Event("claimed_done", claimed, last.to_body)]
    if number % 8 == 7:
        return events
    return [*events, Event("verified", verified), Event("closed", add_workdays(verified, 1))]


def _pressure(number: int, urgency: str, limit: date, closed: date) -> list[Event]:
    if closed <= limit:
        return []
    steps = [("urged", 1, None), ("slip_issued", 3, "amber"), ("slip_issued", 10, "red"), ("escalated", 15, None)]
    if urgency == "urgent" and chance("red at once", number) < 0.5:
        steps = [("urged", 1, None), ("slip_issued", 2, "red")]
    return [
        Event(kind, day, "B-CAMPAIGN" if kind == "escalated" else None, slip_colour=colour)
        for kind, days, colour in steps
        for day in (add_workdays(limit, days),)
        if day < closed
    ]
