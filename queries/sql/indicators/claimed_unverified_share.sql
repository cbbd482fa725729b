-- id: I12u
-- name: claimed_unverified_share
-- title_zh: 报完成待核占比
-- title_en: Claimed done, not verified
-- question_zh: 还没有销号的问题,有多少已报完成、正等着核实?
-- question_en: Of the problems still open, how many are claimed to be done and wait to be verified?
-- numerator_zh: 报完成待核:最近一次报完成之后既没有核实,也没有退回或重新打开
-- numerator_en: Claimed done, and neither verified nor refused or reopened since
-- denominator_zh: 时段内发现、到事件截止日尚未销号的问题(含长期整改)
-- denominator_en: Problems found in the period and still open on the events-until date, long-term ones too
-- missing_zh: 无;已销号而尚未报到的问题仍算未销号,见“数据未到齐”标记
-- missing_en: None; a closing not yet reported still counts as open, see the maturity mark
-- grain: open problem
-- unit: share
-- direction: down
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
    term,
    found_on,
    due_on,
    last_step,
    last_step_on,
    state,
    case when is_claimed then 1 else 0 end as numerator,
    1 as denominator,
    0 as is_missing,
    case when $events_until > mature_until then 1 else 0 end as is_immature
from found_problems
where
    phase_from <= $events_until
    and phase_until > $events_until
    and found_on between $from_on and $to_on
    and closed_on is null
