-- How each matter stands on the events-until date: one row per matter registered by then and not cancelled.
-- The light is worked out, the slip is one that was really issued. Grey: nothing begun, and none planned by now; red:
-- open and overdue; amber: open and behind its plan, or its last report was returned; blue: open, at most 3 working
-- days left; green: open with more, or closed by the deadline in force; done_late: closed after it.
-- A matter without a due day (9999-12-31) has no days left and is never late.
-- Planned and actual progress are those of the snapshot. Days outside the work calendar are counted as they come.
with

deadlines as (
    select *
    from matter_deadlines
    where deadline = 'in_force' and $events_until >= greatest(held_from, registered_on) and $events_until < held_until
),

steps as (
    select
        matter_id,
        max(case when event_type in ('started', 'feedback', 'claimed_done') then nth end) as last_act,
        max(case when event_type in ('feedback', 'claimed_done') then nth end) as last_report,
        max(case when event_type = 'returned' then nth end) as last_return,
        max(case when event_type = 'slip_issued' and slip_colour is not null then nth end) as last_slip
    from matter_steps
    where happened_on <= $events_until
    group by matter_id
),

standing as (
    select
        deadlines.*,
        closings.closed_on as closed_since,
        slips.slip_colour,
        slips.happened_on as slip_on,
        coalesce(
            ends.workday_no - todays.workday_no, date_diff('day', cast($events_until as date), deadlines.deadline_on)
        ) as days_left,
        steps.last_act is null and coalesce(deadlines.actual_progress, 0) = 0 as is_idle,
        coalesce(deadlines.actual_progress < deadlines.planned_progress, false) as is_behind,
        coalesce(steps.last_return > steps.last_report, false) as is_returned
    from deadlines
    left join steps on deadlines.matter_id = steps.matter_id
    left join matter_steps as slips on steps.matter_id = slips.matter_id and steps.last_slip = slips.nth
    left join workdays as ends on deadlines.deadline_on = ends.day
    left join workdays as todays on todays.day = $events_until
    left join matter_closings as closings
        on
            deadlines.matter_id = closings.matter_id
            and closings.closed_on <= $events_until
            and closings.reopened_on > $events_until
)

select
    group_id,
    unit_type,
    unit_id,
    lead_body_id as body_id,
    lead_body_name_zh as body_name_zh,
    lead_body_name_en as body_name_en,
    matter_id,
    matter_no,
    title_zh,
    deadline_on as due_on,
    closed_since as closed_on,
    case when closed_since is null and deadline_on < date '9999-12-31' then days_left end as workdays_left,
    case
        when closed_since > deadline_on then 'done_late'
        when closed_since is not null then 'green'
        when deadline_on < $events_until then 'red'
        when is_idle and coalesce(planned_progress, 0) = 0 then 'grey'
        when is_idle or is_behind or is_returned then 'amber'
        when days_left <= 3 then 'blue'
        else 'green'
    end as light,
    slip_colour,
    slip_on
from standing
where
    ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
