-- Campaign weeks from the launch to the known-on date: one row per week, Monday to Sunday.
select
    weeks.week,
    weeks.week_from,
    weeks.week_to,
    weeks.week_to <= clock.known_on as is_full
from weeks
cross join clock
order by weeks.week
