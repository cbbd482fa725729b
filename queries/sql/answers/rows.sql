-- The counted rows themselves: they add up to the numerator and the denominator.
select *
from cells
where
    (numerator <> 0 or denominator <> 0 or is_missing <> 0)
    and ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
