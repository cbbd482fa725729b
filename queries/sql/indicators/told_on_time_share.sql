-- id: I11e
-- name: told_on_time_share
-- title_zh: 按时做又按时报的比例
-- title_en: Done on time, told on time
-- question_zh: 按时完成的规定动作,有多少也按时报到了活动办?
-- question_en: Of the prescribed actions done on time, how many was the campaign office told of on time?
-- numerator_zh: 按时报:收到日不晚于完成当日所属那期周报的应报时间
-- numerator_en: Told on time: received by the due time of the weekly report whose period holds the day it was done
-- denominator_zh: 时段内到期、按时完成的规定动作(按时完成率的分子),且完成当日有应报的周报
-- denominator_en: Due actions done on time (the numerator of the on-time rate), done on a day that a weekly report of
--   the group covers
-- missing_zh: 完成当日没有应报的周报:谈不上按时报还是迟报,不计入
-- missing_en: Done on a day that no weekly report covers: nothing says by when to tell, so not in the denominator
-- grain: action done on time in a unit
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: due_on, action_code, unit_id, instance_no
-- dimensions: stage, action
-- reference: I02 and I11a; the weekly report is that of the group that supervised the unit on the day it was done;
--   a corrected record counts from its correction; a due action belongs to the week and the unit's group of its due day
with

on_time as (
    select * exclude (held_from, held_until, on_time_until, count_records, open_state)
    from due_instances
    where
        due_on between $from_on and $to_on
        and $events_until between held_from and held_until
        and done_on <= on_time_until
        and done_on <= $events_until
),

told_by as (
    select
        on_time.*,
        min(weekly.due_at) as told_until
    from on_time
    left join unit_spans as spans
        on on_time.unit_id = spans.unit_id and on_time.done_on between spans.active_from and spans.active_to
    left join report_schedule as weekly
        on
            spans.group_id = weekly.reporter_id
            and weekly.reporter_kind = 'group'
            and weekly.report_kind = 'weekly'
            and on_time.done_on between weekly.period_from and weekly.period_to
    group by all
)

select
    *,
    case when reported_at <= told_until then 1 else 0 end as numerator,
    case when told_until is null then 0 else 1 end as denominator,
    case when told_until is null then 1 else 0 end as is_missing
from told_by
