-- id: I10d
-- name: deep_visit_share
-- title_zh: 深入督查占比
-- title_en: Deep visits, share
-- question_zh: 现场督查中,有多少是深入的?
-- question_en: How many of the on-site visits go deep?
-- numerator_zh: 四项中至少做到两项的督查:个别谈话、查阅资料、列席会议、提出问题
-- numerator_en: Visits with at least two of the four: interviews, files checked, meeting attended, problems raised
-- denominator_zh: 时段内四项都有记载的现场督查
-- denominator_en: On-site visits of the period on which all four are recorded
-- missing_zh: 四项中有一项未记的督查:不计入分子,也不计入分母
-- missing_en: Visits on which one of the four is not recorded: in neither numerator nor denominator
-- grain: on-site visit
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: visited_on, unit_id, visit_id
-- maturity: activity
-- reference: I10, deep share
with

marks as (
    select
        *,
        case when interview_count > 0 then 1 when interview_count is not null then 0 end as has_interviews,
        case when documents_checked then 1 when documents_checked is not null then 0 end as has_documents,
        case when meeting_attended then 1 when meeting_attended is not null then 0 end as has_meeting,
        case when problems_raised > 0 then 1 when problems_raised is not null then 0 end as has_problems
    from unit_visits
),

counts as (
    select
        *,
        has_interviews + has_documents + has_meeting + has_problems as count_strands
    from marks
)

select
    group_id,
    unit_type,
    unit_id,
    week,
    visit_id,
    visited_on,
    interview_count,
    documents_checked,
    meeting_attended,
    problems_raised,
    count_strands,
    reported_at,
    case when count_strands >= 2 then 1 else 0 end as numerator,
    case when count_strands is null then 0 else 1 end as denominator,
    case when count_strands is null then 1 else 0 end as is_missing,
    0 as is_immature
from counts
where visited_on between $from_on and $to_on
