-- id: I02o
-- name: on_time_rate_original
-- title_zh: 按原定日期的按时完成率
-- title_en: On-time rate by the original due date
-- question_zh: 如果不算批准的延期,到期的规定动作有多少是按时完成的?
-- question_en: Leaving extensions aside, how many of the prescribed actions due were done on time?
-- numerator_zh: 按时完成:完成日期不晚于原定到期日加宽限天数,且不晚于事件截止日
-- numerator_en: Actions done by the original due date plus days of grace, and by the events-until date
-- denominator_zh: 应完成:原定到期日在时段内、未免做的规定动作(单位 × 动作);没有原定日期的按现行到期日
-- denominator_en: Prescribed actions (unit × action) whose original due date lies in the period and not waived;
--   where no original date is given, the one in force
-- missing_zh: 未报:没有任何记录的到期动作;按未按时完成计,但未报不等于未做
-- missing_en: Due actions without any record: counted as not on time, though not reported does not mean not done
-- grain: action due in a unit
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: due_on_original, action_code, unit_id, instance_no
-- dimensions: stage, action, state
-- reference: I02o; a due action belongs to the week and to the unit's group of its original due date
with

instances as (select * from asked_instances),

spans as (select * from unit_spans)

select
    spans.group_id,
    instances.unit_type,
    instances.unit_id,
    date_diff('day', clock.launched_on, instances.due_on_original) // 7 + 1 as week,
    instances.stage,
    instances.action_code,
    instances.instance_no,
    instances.due_on_original,
    instances.due_on,
    instances.extension_granted_on,
    case when instances.done_on <= $events_until then instances.done_on end as done_on,
    case when instances.done_on <= $events_until then instances.reported_at end as reported_at,
    case when instances.done_on <= $events_until then 'done' else instances.open_state end as state,
    date_diff(
        'day', instances.due_on_original, least(instances.done_on, cast($events_until as date))
    ) as days_late,
    case
        when
            instances.done_on <= instances.due_on_original + instances.grace_days
            and instances.done_on <= $events_until then 1
        else 0
    end as numerator,
    1 as denominator,
    case when instances.count_records = 0 then 1 else 0 end as is_missing,
    case when instances.due_on_original > maturity.mature_until then 1 else 0 end as is_immature
from instances
cross join clock
inner join spans
    on
        instances.unit_id = spans.unit_id
        and instances.due_on_original between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
where
    instances.is_mandatory
    and instances.held_until = date '9999-12-31'
    and instances.is_asked
    and instances.due_on_original between $from_on and $to_on
