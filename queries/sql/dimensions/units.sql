-- Units: one row per unit, with the group that has it on the known-on date (none when it is not active then).
with

members as (
    select
        unit_spans.unit_id,
        unit_spans.group_id
    from unit_spans
    cross join clock
    where clock.known_on between unit_spans.active_from and unit_spans.active_to
)

select
    units.unit_id,
    units.name_zh,
    units.name_en,
    units.unit_type,
    units.peer_class,
    members.group_id,
    units.joined_on,
    units.left_on
from units
left join members on units.unit_id = members.unit_id
order by units.unit_id
