-- What is asked of whom: one row per unit, action and due instance; a unit without a due row has instance 1, undated.
-- The catalogue version is the one in force on the due date, without a date that of the known-on date.
-- is_asked is not true for what the office waived, and without a due row for units to which the action does not apply.
-- What would fall due after the unit has left is not asked.
with

all_units as (select * from units),

versions as (select * from action_versions),

codes as (select distinct action_code from versions),

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
    due_rows.unit_id,
    due_rows.unit_type,
    due_rows.action_code,
    due_rows.instance_no,
    due_rows.is_last,
    due_rows.due_on,
    due_rows.due_on_original,
    due_rows.extension_granted_on,
    due_rows.waive_reason,
    versions.grace_days,
    versions.min_count,
    versions.stage,
    versions.mandatory as is_mandatory,
    not due_rows.is_waived and (
        due_rows.is_scheduled
        or (
            coalesce(versions.effective_to, clock.known_on) >= clock.known_on
            and (
                list_contains(versions.applies_to, '*')
                or list_contains(versions.applies_to, due_rows.unit_type)
            )
        )
    ) as is_asked
from due_rows
cross join clock
inner join versions
    on
        due_rows.action_code = versions.action_code
        and coalesce(due_rows.due_on, clock.known_on) between versions.version_from and versions.version_to
where coalesce(due_rows.due_on, due_rows.left_on) <= due_rows.left_on
