-- id: I01b
-- name: stage_completion_rate
-- title_zh: 环节规定动作完成率
-- title_en: Completion of the stages begun
-- question_zh: 已经开始的环节,其全部规定动作(不论是否到期)完成了多少?
-- question_en: Of all prescribed actions of the stages begun, due or not, how many are done?
-- numerator_zh: 已完成:完成日期不晚于事件截止日的规定动作(按规定次数计)
-- numerator_en: Prescribed actions done by the events-until date, as often as prescribed
-- denominator_zh: 时段内进行过的各环节的全部规定动作(单位 × 动作),含尚未到期和到期日未定的;免做和不适用的不计
-- denominator_en: All prescribed actions (unit × action) of the stages whose window touches the period,
--   also those due later or without a due date yet; waived and not applicable ones leave
-- missing_zh: 未报:没有任何记录的到期动作;尚未到期的不算未报
-- missing_en: Due actions without any record; what is not due yet is not missing
-- grain: action asked of a unit
-- unit: share
-- direction: up
-- aggregation: pooled
-- period: shapes
-- key: stage, action_code, unit_id, instance_no
-- dimensions: stage, action, state
-- reference: I01b; a stage is counted whole and belongs to no week; an action belongs to the unit's group of its due
--   date, until then to that of the events-until date
with

instances as (
    select
        *,
        coalesce(least(due_on, $events_until), $events_until) as placed_on
    from asked_instances
    where is_mandatory and is_asked and $events_until between held_from and held_until
),

spans as (select * from unit_spans)

select
    spans.group_id,
    instances.unit_type,
    instances.unit_id,
    cast(null as bigint) as week,
    instances.stage,
    instances.action_code,
    instances.instance_no,
    instances.due_on,
    case when instances.done_on <= $events_until then instances.done_on end as done_on,
    case when instances.done_on <= $events_until then instances.reported_at end as reported_at,
    case
        when instances.done_on <= $events_until then 'done'
        when instances.due_on <= $events_until then instances.open_state
        when instances.open_state in ('contradictory', 'withheld') then instances.open_state
        when instances.begun_on <= $events_until then 'in_progress'
        else 'not_due'
    end as state,
    case when instances.done_on <= $events_until then 1 else 0 end as numerator,
    1 as denominator,
    case when instances.count_records = 0 and instances.due_on <= $events_until then 1 else 0 end as is_missing,
    case when instances.placed_on > maturity.mature_until then 1 else 0 end as is_immature
from instances
cross join clock
inner join stages on instances.stage = stages.stage
inner join spans
    on
        instances.unit_id = spans.unit_id
        and instances.placed_on between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
where
    coalesce(instances.due_on, clock.launched_on) >= clock.launched_on
    and stages.window_from <= $to_on
    and stages.window_to >= $from_on
