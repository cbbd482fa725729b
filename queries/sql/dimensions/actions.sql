-- Actions: one row per action, prescribed or optional, as its newest definition names it.
with

ranked as (
    select
        *,
        row_number() over (partition by action_code order by effective_from desc) as nth
    from action_catalogue
)

select
    action_code,
    name_zh,
    name_en,
    stage,
    sequence_no,
    action_class,
    mandatory
from ranked
where nth = 1
order by action_code
