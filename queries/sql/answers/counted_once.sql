-- As counted, but cells with the same counted_id enter a row of the answer once, however many units they cover there.
select distinct
    $cell_dimensions,
    counted_id,
    numerator,
    denominator,
    0 as is_member,
    is_missing,
    is_immature
from cells
where
    ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))

union all

select
    $blank_dimensions,
    null as counted_id,
    0 as numerator,
    0 as denominator,
    case when member_to >= least(week_to, $events_until) then 1 else 0 end as is_member,
    0 as is_missing,
    case when $is_activity and least(week_to, $events_until) > mature_until then 1 else 0 end as is_immature
from unit_weeks
where
    $with_empty
    and member_from between $from_on and $to_on
    and ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
