-- id: I15
-- name: empty_shot_share
-- title_zh: “打空炮”(落空率)
-- title_en: Decided without result
-- question_zh: 到期的督办事项,有多少没有经核实的结果?
-- question_en: Of the matters due, how many have no verified result?
-- numerator_zh: 落空:到事件截止日没有一项经核实的结果,不论是否已办结
-- numerator_en: Without any verified result by the events-until date, whether closed or not
-- denominator_zh: 时段内现行期限到期的事项(批准延期的按延期后),不含已撤销的
-- denominator_en: Matters due in the period by the deadline in force, which an extension granted moves; cancelled ones
--   leave
-- missing_zh: 无;已核实而尚未报到的结果仍算没有,见“数据未到齐”标记
-- missing_en: None; a verified result not yet reported still counts as none, see the maturity mark
-- grain: matter
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: counted_on, matter_id
-- dimensions: body, category
-- reference: I15; a matter belongs to the week of its due day (week 1 if that lies before the launch) and to the group
--   of its lead body's unit on that day; matters of a body that is no unit stand apart
with

results as (
    select
        matter_id,
        min(coalesce(achieved_on, cast(reported_at as date))) as verified_on
    from matter_results
    where verified and not is_void
    group by matter_id
)

select
    deadlines.group_id,
    deadlines.unit_type,
    deadlines.unit_id,
    deadlines.week,
    deadlines.lead_body_id as body_id,
    deadlines.lead_body_name_zh as body_name_zh,
    deadlines.lead_body_name_en as body_name_en,
    deadlines.matter_class as category,
    deadlines.matter_id,
    deadlines.matter_no,
    deadlines.title_zh,
    deadlines.registered_on,
    deadlines.due_on_original,
    deadlines.deadline_on as due_on,
    deadlines.counted_on,
    closings.closed_on,
    case when results.verified_on <= $events_until then results.verified_on end as verified_on,
    case when results.verified_on <= $events_until then 0 else 1 end as numerator,
    1 as denominator,
    0 as is_missing,
    deadlines.is_immature
from matter_deadlines as deadlines
left join matter_closings as closings
    on
        deadlines.matter_id = closings.matter_id
        and closings.closed_on <= $events_until
        and closings.reopened_on > $events_until
left join results on deadlines.matter_id = results.matter_id
where
    deadlines.deadline = 'in_force'
    and deadlines.held_from <= $events_until
    and deadlines.held_until > $events_until
    and deadlines.registered_on <= $events_until
    and deadlines.counted_on between $from_on and $to_on
