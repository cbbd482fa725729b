-- id: I12a
-- name: rectification_age
-- title_zh: 未销号问题存续天数
-- title_en: Age of open problems (days)
-- question_zh: 还没有核实销号的问题,一般已拖了多少天?
-- question_en: How long have the problems not yet verified as solved typically been open?
-- numerator_zh: 存续天数之和(事件截止日减发现日)
-- numerator_en: Sum of days from the day found to the events-until date
-- denominator_zh: 时段内发现、到事件截止日尚未销号的问题,不含长期整改;数值为中位数,并给出第90百分位
-- denominator_en: Problems found in the period and still open on the events-until date, without the long-term ones;
--   the value is the median, with the 90th percentile beside it
-- missing_zh: 无;已销号而尚未报到的问题仍算未销号,见“数据未到齐”标记
-- missing_en: None; a closing not yet reported still counts as open, see the maturity mark
-- grain: open problem
-- unit: days
-- direction: down
-- aggregation: median
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
    term,
    found_on,
    due_on,
    date_diff('day', found_on, cast($events_until as date)) as age_days,
    last_step,
    last_step_on,
    state,
    date_diff('day', found_on, cast($events_until as date)) as numerator,
    1 as denominator,
    0 as is_missing,
    case when $events_until > mature_until then 1 else 0 end as is_immature
from found_problems
where
    phase_from <= $events_until
    and phase_until > $events_until
    and found_on between $from_on and $to_on
    and closed_on is null
    and term <> 'long_term'
