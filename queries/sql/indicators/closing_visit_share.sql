-- id: I09e
-- name: closing_visit_share
-- title_zh: 末两周督查占比
-- title_en: Visits in the last two weeks, share
-- question_zh: 时段内的现场督查,有多少集中在最后两周?
-- question_en: Of the on-site visits of the period, how many fall in its last two weeks?
-- numerator_zh: 时段最后14天内的现场督查
-- numerator_en: On-site visits on the last 14 days of the period
-- denominator_zh: 时段内的现场督查;时段不足28天则无数值
-- denominator_en: On-site visits of the period; none for a period of fewer than 28 days
-- missing_zh: 无;迟报的督查要到以后的快照才出现,最后两周的督查最易缺报,见“数据未到齐”标记
-- missing_en: None; visits reported late appear in later snapshots only, and they are mostly those of the last two
--   weeks: see the maturity mark
-- grain: on-site visit
-- unit: share
-- direction: none
-- aggregation: pooled
-- period: shapes
-- key: visited_on, unit_id, visit_id
-- maturity: activity
-- reference: I09, burst or persistence; the period ends on its last Sunday or on the events-until date. Even visiting
--   gives 14 days over the days of the period; the period may be chosen to end at a stage's deadline
select
    group_id,
    unit_type,
    unit_id,
    week,
    visit_id,
    visited_on,
    purpose,
    reported_at,
    case when visited_on > cast($to_on as date) - 14 then 1 else 0 end as numerator,
    1 as denominator,
    0 as is_missing,
    0 as is_immature
from unit_visits
where
    visited_on between $from_on and $to_on
    and date_diff('day', cast($from_on as date), cast($to_on as date)) >= 27
