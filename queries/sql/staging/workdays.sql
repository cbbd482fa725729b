-- The work calendar with a running number of working days, make-up days included: one row per day.
-- Between two days lie as many working days, the last one included, as their numbers differ by.
select
    day,
    is_workday,
    cast(sum(case when is_workday then 1 else 0 end) over (
        order by day
        rows between unbounded preceding and current row
    ) as bigint) as workday_no
from work_calendar
