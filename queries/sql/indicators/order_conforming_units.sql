-- id: I03u
-- name: order_conforming_units
-- title_zh: 环节合规单位占比
-- title_en: Units without an order violation
-- question_zh: 有多少单位没有一处违反先后次序?
-- question_en: How many units kept the order everywhere?
-- numerator_zh: 没有任何违反的单位
-- numerator_en: Units without a violation
-- denominator_zh: 时段内至少有一对动作可判断的单位
-- denominator_en: Units with at least one judged pair of actions in the period
-- missing_zh: 至少有一对动作因在前的动作未报而不明或存疑的单位
-- missing_en: Units with at least one pair that is unclear, or whose earlier action has no record
-- grain: unit
-- unit: share
-- direction: up
-- aggregation: pooled
-- period: shapes
-- key: unit_id
-- reference: I03, unit flag; a unit belongs to the week and group of its first violation, without one to those of its
--   last judged pair, without a judged pair to those of its last one
with

pairs as (
    select *
    from order_pairs
    where done_on between $from_on and $to_on
)

select
    coalesce(
        arg_min(group_id, done_on) filter (where order_verdict = 'violated'),
        arg_max(group_id, done_on) filter (where order_verdict <> 'unclear'),
        arg_max(group_id, done_on)
    ) as group_id,
    unit_type,
    unit_id,
    coalesce(
        arg_min(week, done_on) filter (where order_verdict = 'violated'),
        arg_max(week, done_on) filter (where order_verdict <> 'unclear'),
        arg_max(week, done_on)
    ) as week,
    count(*) filter (where order_verdict <> 'unclear') as count_pairs,
    count(*) filter (where order_verdict = 'violated') as count_violations,
    count(*) filter (where order_verdict = 'unclear') as count_unclear,
    min(done_on) filter (where order_verdict = 'violated') as first_violation_on,
    case
        when bool_or(order_verdict = 'violated') or bool_and(order_verdict = 'unclear') then 0
        else 1
    end as numerator,
    case when bool_and(order_verdict = 'unclear') then 0 else 1 end as denominator,
    case when bool_or(order_verdict = 'unclear' or count_records = 0) then 1 else 0 end as is_missing,
    case when bool_or(is_recent) then 1 else 0 end as is_immature
from pairs
group by unit_id, unit_type
