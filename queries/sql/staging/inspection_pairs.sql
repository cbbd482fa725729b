-- Inspections of one unit by different bodies, each with the other: two rows per pair, merged inspections in none.
-- gap_days is the number of days from the end of the earlier one to the first day of the later one, 0 when they meet.
with

separate as (
    select *
    from calendar_inspections
    where plan_status <> 'merged'
)

select
    own.inspection_id,
    other.inspection_id as other_inspection_id,
    other.body_name_zh as other_body_name_zh,
    other.body_name_en as other_body_name_en,
    other.inspection_from as other_from,
    other.inspection_to as other_to,
    own.theme_code = other.theme_code as is_same_theme,
    greatest(
        0,
        date_diff('day', own.inspection_to, other.inspection_from),
        date_diff('day', other.inspection_to, own.inspection_from)
    ) as gap_days
from separate as own
inner join separate as other on own.unit_id = other.unit_id and own.body_id <> other.body_id
