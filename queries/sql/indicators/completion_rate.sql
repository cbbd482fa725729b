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
-- aggregation: pooled
-- key: due_on, action_code, unit_id, instance_no
-- dimensions: stage, action, state
-- reference: I01; a due action belongs to the week and to the unit's group of its due date
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
    case when done_on <= $events_until then 1 else 0 end as numerator,
    1 as denominator,
    case when count_records = 0 then 1 else 0 end as is_missing,
    is_immature
from due_instances
where due_on between $from_on and $to_on and $events_until between held_from and held_until
