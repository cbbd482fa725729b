-- Inspections of the calendar with the unit's type, its group on their first day and the campaign week: one row each.
with

listed as (select * from calendar_inspections),

spans as (select * from unit_spans)

select
    spans.group_id,
    spans.unit_type,
    listed.unit_id,
    date_diff('day', clock.launched_on, listed.inspection_from) // 7 + 1 as week,
    listed.inspection_id,
    listed.body_id,
    listed.body_name_zh,
    listed.body_name_en,
    listed.inspection_kind,
    listed.theme_code,
    listed.plan_status,
    listed.merged_into,
    listed.days,
    listed.inspection_from,
    listed.inspection_to,
    case when listed.inspection_from > maturity.mature_until then 1 else 0 end as is_immature
from listed
inner join spans
    on
        listed.unit_id = spans.unit_id
        and listed.inspection_from between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
cross join clock
where listed.inspection_from >= clock.launched_on
