-- Records of actions done, optional and repeated ones too, with the catalogue's version of that day: one row each.
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
    records.reported_at,
    versions.weight,
    versions.reviewed_by_group,
    case when records.done_on > maturity.mature_until then 1 else 0 end as is_immature
from records
inner join versions
    on
        records.action_code = versions.action_code
        and records.done_on between versions.version_from and versions.version_to
inner join spans
    on
        records.unit_id = spans.unit_id
        and records.done_on between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
cross join clock
where records.done_on >= clock.launched_on
