-- id: I01
-- name: completion_rate
-- title_zh: 规定动作完成率
-- title_en: Prescribed-action completion
-- question_zh: 到事件截止日为止,应完成的规定动作完成了多少?
-- question_en: Of the prescribed actions due so far, how many are done?
-- numerator_zh: 已完成:完成日期不晚于事件截止日的到期动作(按规定次数计)
-- numerator_en: Due actions done by the events-until date, as often as prescribed
-- denominator_zh: 应完成:时段内到期、未免做的规定动作(单位 × 动作)
-- denominator_en: Prescribed actions due in the period and not waived (unit × action)
-- missing_zh: 未报:没有任何记录的到期动作;计入应完成、不计入已完成,但未报不等于未做
-- missing_en: Due actions without any record: counted as due, not as done; not reported does not mean not done
-- grain: action due in a unit
-- unit: share
-- direction: up
-- aggregation: pooled: sum of numerators over sum of denominators
-- reference: I01; a due action belongs to the week and to the unit's group of its due date
with

cells as (
    select
        group_id,
        unit_type,
        unit_id,
        week,
        0 as is_due,
        0 as is_done,
        0 as is_missing,
        0 as is_immature
    from unit_weeks
    where member_from between $from_on and $to_on

    union all

    select
        group_id,
        unit_type,
        unit_id,
        week,
        1 as is_due,
        case when done_on <= $events_until then 1 else 0 end as is_done,
        case when count_records = 0 then 1 else 0 end as is_missing,
        is_immature
    from due_instances
    where due_on between $from_on and $to_on
)

select
    case when $by_group then group_id end as group_id,
    case when $by_unit_type then unit_type end as unit_type,
    case when $by_unit then unit_id end as unit_id,
    case when $by_week then week end as week,
    cast(sum(is_done) as double) / nullif(sum(is_due), 0) as value,
    cast(sum(is_done) as bigint) as numerator,
    cast(sum(is_due) as bigint) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
from cells
where
    ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
group by all
