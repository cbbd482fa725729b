-- id: I12
-- name: rectification_rate
-- title_zh: 整改销号率
-- title_en: Problems struck off
-- question_zh: 整改期限已到的问题,有多少已核实销号?
-- question_en: Of the problems whose time is up, how many are verified as solved?
-- numerator_zh: 已销号:到事件截止日已核实销号、其后没有重新打开的问题;报完成待核不算
-- numerator_en: Struck off: verified as solved by the events-until date and not reopened since;
--   claimed done is not enough
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
    closed_on,
    last_step,
    last_step_on,
    state,
    case when closed_on is null then 0 else is_dated end as numerator,
    is_dated as denominator,
    1 - is_dated as is_missing,
    is_immature
from due_problems
where
    phase_from <= $events_until
    and phase_until > $events_until
    and found_on <= $events_until
    and counted_on between $from_on and $to_on
