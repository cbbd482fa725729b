-- id: I05g
-- name: quality_score_gap
-- title_zh: 督导组评分与抽查的分差
-- title_en: Gap between own mark and spot check
-- question_zh: 督导组的评分比活动办抽查高多少?
-- question_en: By how many points do the groups mark higher than the office's spot checks?
-- numerator_zh: 分差之和(督导组最近一次评分减抽查最近一次评分)
-- numerator_en: Sum of the gaps (the group's last mark minus the last spot check's)
-- denominator_zh: 双方都评了分的动作(成对);抽查在时段内。不足5对时只供参考
-- denominator_en: Actions marked by both sides (pairs), the spot check lying in the period; fewer than 5 pairs
--   say little
-- missing_zh: 有抽查而缺一方分数、不成对的动作
-- missing_en: Actions spot-checked where one side's mark is missing, so that there is no pair
-- grain: action spot-checked
-- unit: points
-- direction: none
-- aggregation: pooled
-- key: reviewed_on, action_code, unit_id, instance_no
-- numbers: decimal
-- dimensions: stage, action
-- reference: I05g; the mean gap, nearest to zero is best; of each side the last review by the events-until date counts;
--   a pair belongs to the week and to the unit's group of the day of the spot check
with

checks as (
    select *
    from placed_reviews
    where reviewer_side = 'office_spot_check' and $events_until between holds_from and holds_to
),

marks as (
    select *
    from review_turns
    where reviewer_side = 'group' and $events_until between holds_from and holds_to
)

select
    checks.group_id,
    checks.unit_type,
    checks.unit_id,
    checks.week,
    checks.stage,
    checks.action_code,
    checks.instance_no,
    checks.reviewed_on,
    checks.score as spot_check_score,
    own.reviewed_on as own_reviewed_on,
    own.score as own_score,
    cast(
        coalesce(cast(own.score as decimal(9, 4)) - cast(checks.score as decimal(9, 4)), 0) as decimal(18, 4)
    ) as numerator,
    cast(case when own.score - checks.score is null then 0 else 1 end as decimal(18, 4)) as denominator,
    case when own.score - checks.score is null then 1 else 0 end as is_missing,
    checks.is_immature
from checks
left join marks as own
    on
        checks.unit_id = own.unit_id
        and checks.action_code = own.action_code
        and checks.instance_no = own.instance_no
where checks.reviewed_on between $from_on and $to_on
