-- id: I02
-- name: on_time_rate
-- title_zh: 时间不延误(按时完成率)
-- title_en: Time not delayed (on-time rate)
-- question_zh: 到期的规定动作,有多少是按时完成的?
-- question_en: Of the prescribed actions due so far, how many were done on time?
-- numerator_zh: 按时完成:完成日期不晚于到期日加宽限天数,且不晚于事件截止日
-- numerator_en: Due actions done by the due date plus days of grace, and by the events-until date
-- denominator_zh: 应完成:时段内到期、未免做的规定动作(单位 × 动作);批准延期的按延期后的到期日
-- denominator_en: Prescribed actions due in the period and not waived (unit × action);
--   an approved extension moves the due date
-- missing_zh: 未报:没有任何记录的到期动作;按未按时完成计,但未报不等于未做
-- missing_en: Due actions without any record: counted as not on time, though not reported does not mean not done
-- grain: action due in a unit
-- unit: share
-- direction: up
-- aggregation: pooled: sum of numerators over sum of denominators
-- reference: I02; a due action belongs to the week and to the unit's group of its due date
with

cells as (
    select
        group_id,
        unit_type,
        unit_id,
        week,
        0 as is_due,
        0 as is_on_time,
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
        case when done_on <= on_time_until and done_on <= $events_until then 1 else 0 end as is_on_time,
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
    cast(sum(is_on_time) as double) / nullif(sum(is_due), 0) as value,
    cast(sum(is_on_time) as bigint) as numerator,
    cast(sum(is_due) as bigint) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
from cells
where
    ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
group by all
