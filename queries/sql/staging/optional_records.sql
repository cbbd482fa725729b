-- Optional actions done, with the unit's group and the catalogue's version on that day: one row per record.
-- carrier is the form of activity without blanks around it; an empty one is none.
with

records as (
    select *
    from action_records
    where status = 'done' and done_on is not null and not is_void
),

versions as (select * from action_versions),

spans as (select * from unit_spans)

select
    spans.group_id,
    spans.unit_type,
    records.unit_id,
    date_diff('day', clock.launched_on, records.done_on) // 7 + 1 as week,
    versions.stage,
    records.action_code,
    records.instance_no,
    records.done_on,
    nullif(trim(records.carrier_zh), '') as carrier,
    records.reported_at
from records
inner join versions
    on
        records.action_code = versions.action_code
        and records.done_on between versions.version_from and versions.version_to
inner join spans
    on
        records.unit_id = spans.unit_id
        and records.done_on between spans.active_from and spans.active_to
cross join clock
where not versions.mandatory and records.done_on >= clock.launched_on
