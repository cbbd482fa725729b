-- id: I12l
-- name: long_term_rectification
-- title_zh: 长期整改问题销号率
-- title_en: Long-term problems struck off
-- question_zh: 列为长期整改的问题,有多少已核实销号?
-- question_en: Of the problems set down for the long term, how many are verified as solved?
-- numerator_zh: 已销号:到事件截止日已核实销号、其后没有重新打开的问题
-- numerator_en: Struck off: verified as solved by the events-until date and not reopened since
-- denominator_zh: 时段内发现、列为长期整改的问题;没有到期一说,与限期整改分开看
-- denominator_en: Problems found in the period and set down for the long term; they are never due, so they stand apart
-- missing_zh: 无;已销号而尚未报到的问题仍算未销号,见“数据未到齐”标记
-- missing_en: None; a closing not yet reported still counts as open, see the maturity mark
-- grain: long-term problem
-- unit: share
-- direction: none
-- aggregation: pooled
-- key: found_on, problem_id
-- dimensions: category, state
-- reference: I12; a problem belongs to the week and to the unit's group of the day it was found
select
    group_id,
    unit_type,
    unit_id,
    week,
    problem_id,
    title_zh,
    category,
    found_on,
    date_diff('day', found_on, coalesce(closed_on, cast($events_until as date))) as age_days,
    closed_on,
    last_step,
    last_step_on,
    state,
    case when closed_on is null then 0 else 1 end as numerator,
    1 as denominator,
    0 as is_missing,
    case when $events_until > mature_until then 1 else 0 end as is_immature
from found_problems
where
    phase_from <= $events_until
    and phase_until > $events_until
    and found_on between $from_on and $to_on
    and term = 'long_term'
