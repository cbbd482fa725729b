-- The catalogue with the days on which each version is in force: one row per action and version.
-- Days before the first version have the first one.
select
    *,
    case
        when row_number() over (partition by action_code order by effective_from) = 1 then date '0001-01-01'
        else effective_from
    end as version_from,
    coalesce(
        lead(effective_from) over (partition by action_code order by effective_from) - 1, date '9999-12-31'
    ) as version_to
from action_catalogue
