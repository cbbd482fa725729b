-- id: I10
-- name: visit_depth
-- title_zh: 督导深度(次均谈话数)
-- title_en: Depth (interviews per visit)
-- question_zh: 平均每次现场督查约谈几个人?
-- question_en: How many interviews does a group hold in one on-site visit, on average?
-- numerator_zh: 现场督查中的个别谈话数(只记人数;集体座谈不计)
-- numerator_en: Interviews held in on-site visits (talks with one person each; collective talks do not count)
-- denominator_zh: 时段内谈话数有记载的现场督查
-- denominator_en: On-site visits of the period whose number of interviews is known
-- missing_zh: 未记谈话数的督查:不计入分子,也不计入分母;记为 0 的仍算一次督查
-- missing_en: Visits without a number of interviews: in neither numerator nor denominator; a number of 0 stays in
-- grain: on-site visit
-- unit: interviews
-- direction: up
-- aggregation: pooled
-- key: visited_on, unit_id, visit_id
-- maturity: activity
-- reference: I10; sum of interviews over number of visits, so a visit with many interviews weighs as many
select
    group_id,
    unit_type,
    unit_id,
    week,
    visit_id,
    visited_on,
    purpose,
    duration_h,
    interview_count,
    reported_at,
    coalesce(interview_count, 0) as numerator,
    case when interview_count is null then 0 else 1 end as denominator,
    case when interview_count is null then 1 else 0 end as is_missing,
    0 as is_immature
from unit_visits
where visited_on between $from_on and $to_on
