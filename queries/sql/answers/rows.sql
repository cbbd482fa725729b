-- The counted rows themselves, with the name of the unit: they add up to the numerator and the denominator.
select
    cells.*,
    named.name_zh as unit_name_zh,
    named.name_en as unit_name_en
from cells
left join units as named on cells.unit_id = named.unit_id
where
    (cells.numerator <> 0 or cells.denominator <> 0 or cells.is_missing <> 0)
    and ($groups is null or list_contains($groups, cells.group_id))
    and ($unit_types is null or list_contains($unit_types, cells.unit_type))
