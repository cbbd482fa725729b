-- Unit types in use: one row per type, with its number of units.
select
    unit_type,
    count(*) as count_units
from units
group by unit_type
order by unit_type
