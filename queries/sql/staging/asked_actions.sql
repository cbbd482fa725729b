-- What is asked of whom: one row per unit, action, due instance and term of its due day.
-- The catalogue version is the one in force on the due date, without a date that of the known-on date.
-- is_asked is not true for what the office waived, and without a due row for units to which the action does not apply.
-- What would fall due after the unit has left is not asked.
with

due_rows as (select * from due_terms),

versions as (select * from action_versions)

select
    due_rows.unit_id,
    due_rows.unit_type,
    due_rows.action_code,
    due_rows.instance_no,
    due_rows.is_last,
    due_rows.due_on,
    due_rows.due_on_original,
    due_rows.extension_granted_on,
    due_rows.held_from,
    due_rows.held_until,
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
