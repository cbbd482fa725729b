-- How the news of what had happened by the last counted day came in: one row per group and week, groups and weeks
-- without news included. count_known is what had been reported by the week's Sunday, or by the known-on date in the
-- last week; count_happened is what had happened by then; count_all is what this snapshot knows of it. A fact reported
-- anew counts from its last report.
with

counted as (
    select
        group_id,
        fact_key,
        occurred_on,
        cast(reported_at as date) as reported_on
    from unit_facts
    where
        occurred_on between $from_on and $to_on
        and ($fact_kind is null or fact_kind = $fact_kind)
        and ($action is null or action_code = $action)
        and ($unit_types is null or list_contains($unit_types, unit_type))
),

axis as (
    select
        supervision_groups.group_id,
        supervision_groups.display_order,
        weeks.week,
        least(weeks.week_to, clock.known_on) as known_by
    from supervision_groups
    cross join weeks
    cross join clock
    where $groups is null or list_contains($groups, supervision_groups.group_id)
)

select
    axis.group_id,
    axis.week,
    axis.known_by,
    count(counted.fact_key) filter (where counted.reported_on <= axis.known_by) as count_known,
    count(counted.fact_key) filter (where counted.occurred_on <= axis.known_by) as count_happened,
    count(counted.fact_key) as count_all
from axis
left join counted on axis.group_id = counted.group_id
group by axis.group_id, axis.display_order, axis.week, axis.known_by
order by axis.display_order, axis.group_id, axis.week
