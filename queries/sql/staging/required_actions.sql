-- Prescribed actions with a due date, waived ones left out: one row per unit, action and due instance.
-- The catalogue version is the one in force on the due date, the first one for days before it.
with

due_rows as (
    select
        *,
        instance_no = max(instance_no) over (partition by unit_id, action_code) as is_last
    from action_due
),

versions as (
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
)

select
    spans.group_id,
    spans.unit_type,
    due_rows.unit_id,
    due_rows.action_code,
    due_rows.instance_no,
    due_rows.is_last,
    due_rows.due_on,
    due_rows.due_on_original,
    due_rows.due_on + versions.grace_days as on_time_until,
    versions.min_count,
    versions.stage,
    versions.name_zh as action_name_zh,
    versions.name_en as action_name_en
from due_rows
inner join versions
    on
        due_rows.action_code = versions.action_code
        and due_rows.due_on between versions.version_from and versions.version_to
inner join unit_spans as spans
    on
        due_rows.unit_id = spans.unit_id
        and due_rows.due_on between spans.active_from and spans.active_to
where not due_rows.waived and versions.mandatory
