-- Campaign weeks from the launch to the week of the known-on date: one row per week, Monday to Sunday.
with recursive campaign_weeks as (
    select
        cast(1 as bigint) as week,
        launched_on as week_from,
        known_on
    from clock

    union all

    select
        week + 1 as week,
        cast(week_from + interval 7 day as date) as week_from,
        known_on
    from campaign_weeks
    where cast(week_from + interval 7 day as date) <= known_on
)

select
    week,
    week_from,
    cast(week_from + interval 6 day as date) as week_to
from campaign_weeks
order by week
