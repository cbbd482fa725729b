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
-- aggregation: pooled
-- key: due_on, action_code, unit_id, instance_no
-- dimensions: stage, action, state
-- reference: I02; a due action belongs to the week and to the unit's group of its due date
select
    group_id,
    unit_type,
    unit_id,
    week,
    stage,
    action_code,
    instance_no,
    due_on,
    case when done_on <= $events_until then done_on end as done_on,
    case when done_on <= $events_until then reported_at end as reported_at,
    case when done_on <= $events_until then 'done' else open_state end as state,
    date_diff('day', due_on, least(done_on, cast($events_until as date))) as days_late,
    case when done_on <= on_time_until and done_on <= $events_until then 1 else 0 end as numerator,
    1 as denominator,
    case when count_records = 0 then 1 else 0 end as is_missing,
    is_immature
from due_instances
where due_on between $from_on and $to_on and $events_until between held_from and held_until
