-- Who supervises a unit, and when: one row per unit and unbroken stay with one group; both ends belong to the stay.
with

assignments as (select * from unit_assignments),

all_units as (select * from units),

spans as (
    select
        assignments.unit_id,
        all_units.unit_type,
        assignments.group_id,
        greatest(assignments.valid_from, all_units.joined_on) as active_from,
        least(
            coalesce(assignments.valid_to, date '9999-12-31'),
            coalesce(all_units.left_on, date '9999-12-31')
        ) as active_to
    from assignments
    inner join all_units on assignments.unit_id = all_units.unit_id
)

select *
from spans
where active_from <= active_to
