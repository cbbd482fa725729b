-- id: I17
-- name: coursework_mark
-- title_zh: 平时成绩
-- title_en: Coursework mark
-- question_zh: 从加分和扣分看,各单位这段时间的平时表现得多少分?
-- question_en: What mark do the units earn in the period by the points given and taken?
-- numerator_zh: 各单位平时成绩之和:基础分80加各规则得分(每条规则封顶),限于0至100分
-- numerator_en: Sum of the units' marks: base 80 plus the points of each rule up to its cap, cut to 0 to 100
-- denominator_zh: 有平时成绩的单位数(时段末日在督的单位)
-- denominator_en: Units with a mark, of those supervised on the period's last day
-- missing_zh: 没有任务的单位(时段内无计分,所涉考核期也不参加排名):不参加排名,没有成绩
-- missing_en: Units without a task (no point in the period, nor ranked in a term of it): not ranked, no mark
-- grain: unit
-- unit: points
-- direction: up
-- aggregation: pooled
-- period: shapes
-- key: unit_id
-- maturity: activity
-- numbers: decimal
-- reference: I17, base 80 [default]; an event counts under its largest rule, under appeal too; stands in the last week
with

rule_sums as (
    select
        unit_id,
        count(*) as count_events,
        count(*) filter (where appealed = 'pending') as count_pending,
        case
            when cap < 0 then greatest(sum(points), cap)
            when cap >= 0 then least(sum(points), cap)
            else sum(points)
        end as points
    from appraisal_points
    where occurred_on between $from_on and $to_on and (superseded_on is null or superseded_on > $to_on)
    group by unit_id, scheme_id, rule_code, cap

    union all

    select distinct
        unit_id,
        0 as count_events,
        0 as count_pending,
        0 as points
    from unit_terms
    where rankable and term_from <= $to_on and term_to >= $from_on
),

unit_sums as (
    select
        unit_id,
        cast(sum(count_events) as bigint) as count_events,
        cast(sum(count_pending) as bigint) as count_pending,
        cast(sum(points) filter (where points > 0) as double) as bonus_points,
        cast(sum(points) filter (where points < 0) as double) as deduction_points,
        least(greatest(80 + sum(points), 0), 100) as mark
    from rule_sums
    group by unit_id
)

select
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    date_diff('day', clock.launched_on, cast($to_on as date)) // 7 + 1 as week,
    units.peer_class,
    unit_sums.count_events,
    unit_sums.count_pending,
    unit_sums.bonus_points,
    unit_sums.deduction_points,
    cast(unit_sums.mark as double) as coursework_mark,
    cast(coalesce(unit_sums.mark, 0) as decimal(18, 4)) as numerator,
    case when unit_sums.unit_id is null then 0 else 1 end as denominator,
    case when unit_sums.unit_id is null then 1 else 0 end as is_missing,
    0 as is_immature
from unit_spans as spans
inner join units on spans.unit_id = units.unit_id
left join unit_sums on spans.unit_id = unit_sums.unit_id
cross join clock
where $to_on between spans.active_from and spans.active_to
