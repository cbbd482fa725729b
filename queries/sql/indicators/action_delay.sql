-- id: I02d
-- name: action_delay
-- title_zh: 动作延误天数
-- title_en: Delay of actions (days)
-- question_zh: 到期的规定动作一般比到期日晚几天完成?
-- question_en: How many days after its due date is a prescribed action typically done?
-- numerator_zh: 延误天数之和(完成日减现行到期日;提前为负,宽限不计)
-- numerator_en: Sum of the days late (day done minus due date in force; early is negative, grace does not count)
-- denominator_zh: 时段内到期、未免做的规定动作(单位 × 动作);数值为延误天数的中位数,并给出第90百分位
-- denominator_en: Prescribed actions due in the period and not waived (unit × action);
--   the value is the median, with the 90th percentile beside it
-- missing_zh: 未报:没有任何记录的到期动作。凡未完成的都以“至少”已延误到事件截止日的天数计入
-- missing_en: Due actions without any record. Everything not done enters with the days up to the events-until date,
--   so "at least" that long
-- grain: action due in a unit
-- unit: days
-- direction: down
-- aggregation: median
-- key: due_on, action_code, unit_id, instance_no
-- dimensions: stage, action, state
-- reference: I02d; a due action belongs to the week and to the unit's group of its due date
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
    coalesce(done_on > $events_until, true) as is_at_least,
    date_diff('day', due_on, least(done_on, cast($events_until as date))) as numerator,
    1 as denominator,
    case when count_records = 0 then 1 else 0 end as is_missing,
    is_immature
from due_instances
where due_on between $from_on and $to_on and $events_until between held_from and held_until
