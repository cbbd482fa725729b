-- id: I12t
-- name: rectification_on_time
-- title_zh: 整改按期销号率
-- title_en: Problems struck off on time
-- question_zh: 整改期限已到的问题,有多少在期限内核实销号?
-- question_en: Of the problems whose time is up, how many were verified as solved by their due day?
-- numerator_zh: 按期销号:不晚于整改期限核实销号、其后没有重新打开的问题
-- numerator_en: Verified as solved on or before the due day and not reopened since
-- denominator_zh: 时段内整改期限到期的问题(按事件截止日所知的最近一次延期);长期整改的另列
-- denominator_en: Problems due in the period, by the last extension known by the events-until date;
--   long-term ones stand apart
-- missing_zh: 没有整改期限的问题(归入发现日所在周),不计入应整改
-- missing_en: Problems without a due day, in the week they were found: not in the denominator
-- grain: problem
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: counted_on, problem_id
-- dimensions: category, state
-- reference: I12; a problem belongs to the week and to the unit's group of its due day
select
    group_id,
    unit_type,
    unit_id,
    week,
    problem_id,
    title_zh,
    category,
    found_on,
    due_on,
    counted_on,
    claimed_on,
    closed_on,
    date_diff('day', due_on, coalesce(closed_on, cast($events_until as date))) as days_late,
    state,
    case when closed_on <= due_on then 1 else 0 end as numerator,
    is_dated as denominator,
    1 - is_dated as is_missing,
    is_immature
from due_problems
where
    phase_from <= $events_until
    and phase_until > $events_until
    and found_on <= $events_until
    and counted_on between $from_on and $to_on
