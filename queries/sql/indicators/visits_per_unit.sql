-- id: I07
-- name: visits_per_unit
-- title_zh: 单位平均督查次数
-- title_en: Visits per unit
-- question_zh: 平均每个单位被现场督查了几次?
-- question_en: How often was each unit visited, on average?
-- numerator_zh: 时段内的现场督查次数(一个单位一天计一次;电话、约来、书面不计)
-- numerator_en: On-site visits in the period (one per unit and day; phone, summons and documents do not count)
-- denominator_zh: 在督单位数:单位周数除以时段周数(归属不变时即单位数)
-- denominator_en: Units supervised: unit-weeks over weeks in the period, which is the number of units
--   when assignments do not change
-- missing_zh: 无;迟报的督查要到以后的快照才出现,见“数据未到齐”标记
-- missing_en: None; visits reported late appear in later snapshots only, see the maturity mark
-- grain: on-site visit
-- unit: visits
-- direction: up
-- aggregation: per_unit
-- key: visited_on, unit_id, visit_id
-- maturity: activity
-- reference: I07; a visit belongs to the week and the unit's group of its day, a unit-week to the group of its last day
select
    group_id,
    unit_type,
    unit_id,
    week,
    visit_id,
    visited_on,
    purpose,
    announced,
    duration_h,
    interview_count,
    problems_raised,
    reported_at,
    1 as numerator,
    0 as denominator,
    0 as is_missing,
    0 as is_immature
from unit_visits
where visited_on between $from_on and $to_on
