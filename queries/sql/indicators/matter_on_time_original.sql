-- id: I13o
-- name: matter_on_time_original
-- title_zh: 督办事项按期办结率(原定期限)
-- title_en: Matters closed on time (original deadline)
-- question_zh: 到期的督办事项,有多少在原定期限内办结?
-- question_en: Of the matters due, how many were closed by the deadline first set?
-- numerator_zh: 按原定期限办结:不晚于原定期限办结、其后没有重新打开;延期或迟办结都不算
-- numerator_en: Closed by the original deadline and not reopened since; finishing late or having the deadline moved
--   does not count
-- denominator_zh: 时段内原定期限到期的事项,不含已撤销的
-- denominator_en: Matters due in the period by their original deadline; cancelled ones leave
-- missing_zh: 无;已办结而尚未报到的仍算未办结,见“数据未到齐”标记
-- missing_en: None; a closing not yet reported still counts as open, see the maturity mark
-- grain: matter
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: counted_on, matter_id
-- dimensions: body, category
-- reference: I13; a matter belongs to the week of its due day (week 1 if that lies before the launch) and to the group
--   of its lead body's unit on that day; matters of a body that is no unit stand apart
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
    case when deadlines.extended_on > $events_until then deadlines.due_on_original else deadlines.due_on end as due_on,
    deadlines.counted_on,
    closings.closed_on,
    date_diff('day', deadlines.deadline_on, coalesce(closings.closed_on, cast($events_until as date))) as days_late,
    case when closings.closed_on <= deadlines.deadline_on then 1 else 0 end as numerator,
    1 as denominator,
    0 as is_missing,
    deadlines.is_immature
from matter_deadlines as deadlines
left join matter_closings as closings
    on
        deadlines.matter_id = closings.matter_id
        and closings.closed_on <= $events_until
        and closings.reopened_on > $events_until
where
    deadlines.deadline = 'original'
    and deadlines.held_until > $events_until
    and deadlines.registered_on <= $events_until
    and deadlines.counted_on between $from_on and $to_on
