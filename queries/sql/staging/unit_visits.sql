-- On-site visits with the unit's type, its group on that day and the campaign week: one row per visit.
with

on_site_visits as (
    select *
    from visits
    where mode = 'on_site' and not is_void
),

spans as (select * from unit_spans)

select
    on_site_visits.visit_id,
    spans.group_id,
    spans.unit_type,
    on_site_visits.unit_id,
    date_diff('day', clock.launched_on, on_site_visits.visited_on) // 7 + 1 as week,
    on_site_visits.visited_on,
    on_site_visits.purpose,
    on_site_visits.announced,
    on_site_visits.duration_h,
    on_site_visits.interview_count,
    on_site_visits.documents_checked,
    on_site_visits.meeting_attended,
    on_site_visits.problems_raised,
    on_site_visits.targeted_action,
    on_site_visits.reported_at
from on_site_visits
inner join spans
    on
        on_site_visits.unit_id = spans.unit_id
        and on_site_visits.visited_on between spans.active_from and spans.active_to
cross join clock
where on_site_visits.visited_on >= clock.launched_on
