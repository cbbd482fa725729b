-- Supervision groups in display order: one row per group, with the number of units it has on the known-on date.
with

members as (
    select
        unit_spans.group_id,
        count(*) as count_units
    from unit_spans
    cross join clock
    where clock.known_on between unit_spans.active_from and unit_spans.active_to
    group by unit_spans.group_id
)

select
    supervision_groups.group_id,
    supervision_groups.group_kind,
    supervision_groups.group_no,
    supervision_groups.name_zh,
    supervision_groups.name_en,
    supervision_groups.display_order,
    coalesce(members.count_units, 0) as count_units,
    maturity.latency_limit_days,
    maturity.mature_until
from supervision_groups
inner join group_maturity as maturity on supervision_groups.group_id = maturity.group_id
left join members on supervision_groups.group_id = members.group_id
order by supervision_groups.display_order, supervision_groups.group_id
