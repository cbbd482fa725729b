-- Unbroken stays of a unit with one group: one row per unit and stay; both ends belong to it.
-- Spans that follow one another without a day between and with the same group are one stay.
with

spans as (
    select
        *,
        case
            when
                lag(group_id) over (partition by unit_id order by active_from) = group_id
                and lag(active_to) over (partition by unit_id order by active_from) + 1 = active_from
                then 0
            else 1
        end as is_new
    from unit_spans
),

numbered as (
    select
        *,
        sum(is_new) over (partition by unit_id order by active_from) as stay_no
    from spans
)

select
    group_id,
    unit_type,
    unit_id,
    min(active_from) as stay_from,
    max(active_to) as stay_to
from numbered
group by group_id, unit_type, unit_id, stay_no
