-- Due rows of every unit and action of the catalogue: one row per instance and term of its due day.
-- What was granted an extension has a term before it, due on the day first set, and one from then on: held_from to
-- held_until are the events-until days of each. A unit without a due row has instance 1, undated.
with

all_units as (select * from units),

codes as (select distinct action_code from action_catalogue),

due_rows as (
    select
        all_units.unit_id,
        all_units.unit_type,
        coalesce(all_units.left_on, date '9999-12-31') as left_on,
        codes.action_code,
        action_due.unit_id is not null as is_scheduled,
        coalesce(action_due.instance_no, 1) as instance_no,
        action_due.due_on,
        coalesce(action_due.due_on_original, action_due.due_on) as due_on_original,
        action_due.extension_granted_on,
        coalesce(action_due.waived, false) as is_waived,
        action_due.waive_reason,
        coalesce(action_due.instance_no, 1) = max(coalesce(action_due.instance_no, 1)) over (
            partition by all_units.unit_id, codes.action_code
        ) as is_last
    from all_units
    cross join codes
    left join action_due
        on
            all_units.unit_id = action_due.unit_id
            and codes.action_code = action_due.action_code
)

select
    *,
    coalesce(extension_granted_on, date '0001-01-01') as held_from,
    date '9999-12-31' as held_until
from due_rows

union all

select
    unit_id,
    unit_type,
    left_on,
    action_code,
    is_scheduled,
    instance_no,
    due_on_original as due_on,
    due_on_original,
    extension_granted_on,
    is_waived,
    waive_reason,
    is_last,
    date '0001-01-01' as held_from,
    extension_granted_on - 1 as held_until
from due_rows
where extension_granted_on is not null
