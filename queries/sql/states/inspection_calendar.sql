-- The common calendar of inspections as it stands on the events-until date: one row per inspection not cancelled, those
-- still to come among them. An inspection stands where its unit stood on its first day.
-- state: merged; ahead: begins after the events-until date; under_way: begun, not over; held: over, and reported as
-- held; unreported: its days are over and nobody has said that it took place.
-- is_partner: by the people's congress or the consultative conference, or an inspection of theirs by its kind: they are
-- cooperated with, neither ranked nor put under another body.
-- is_near, is_repeated: another body, at most 7 days apart; the same theme by another body, at most 30 days apart.
with

calendar as (select * from unit_inspections),

met as (
    select
        inspection_id,
        bool_or(gap_days <= 7) as is_near,
        bool_or(gap_days <= 30 and is_same_theme) as is_repeated
    from inspection_pairs
    group by inspection_id
)

select
    calendar.group_id,
    calendar.unit_type,
    calendar.unit_id,
    calendar.week,
    calendar.inspection_id,
    calendar.body_id,
    bodies.body_kind,
    calendar.body_name_zh,
    calendar.body_name_en,
    coalesce(bodies.body_kind in ('peoples_congress', 'consultative_conference'), false)
    or calendar.inspection_kind in ('law_inspection', 'democratic') as is_partner,
    calendar.inspection_kind,
    calendar.theme_code,
    inspections.role,
    inspections.revision,
    calendar.plan_status,
    calendar.merged_into,
    calendar.days,
    calendar.inspection_from,
    calendar.inspection_to,
    case
        when calendar.plan_status = 'merged' then 'merged'
        when calendar.inspection_from > $events_until then 'ahead'
        when calendar.inspection_to > $events_until then 'under_way'
        when calendar.plan_status = 'held' or inspections.actual_from is not null then 'held'
        when calendar.inspection_to = $events_until then 'under_way'
        else 'unreported'
    end as state,
    coalesce(met.is_near, false) as is_near,
    coalesce(met.is_repeated, false) as is_repeated
from calendar
inner join inspections on calendar.inspection_id = inspections.inspection_id
left join bodies on calendar.body_id = bodies.body_id
left join met on calendar.inspection_id = met.inspection_id
order by calendar.inspection_from, calendar.inspection_id
