-- Reports due and the units each speaks for: one row per report and covered unit.
-- A group's report covers the units of the group on the due date, a unit's report the unit itself.
-- filed_at is that of the first accepted filing that was not returned; a report whose every filing was returned or
-- withdrawn is withheld.
with

reports as (
    select
        *,
        cast(due_at as date) as due_on
    from report_schedule
),

accepted as (
    select
        report_due_id,
        min(filed_at) filter (where accepted_at is not null and not returned and not is_void) as filed_at
    from report_filings
    group by report_due_id
),

covered as (
    select
        'group' as reporter_kind,
        group_id as reporter_id,
        *
    from unit_spans

    union all

    select
        'unit' as reporter_kind,
        unit_id as reporter_id,
        *
    from unit_spans
)

select
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    date_diff('day', clock.launched_on, reports.due_on) // 7 + 1 as week,
    reports.report_due_id,
    reports.reporter_kind,
    reports.reporter_id,
    reports.report_kind,
    reports.period_from,
    reports.period_to,
    reports.due_at,
    reports.due_on,
    accepted.filed_at,
    cast(accepted.filed_at as date) as filed_on,
    case
        when accepted.filed_at is null and accepted.report_due_id is not null then 'withheld'
        else 'not_reported'
    end as open_state,
    case when reports.due_on > maturity.mature_until then 1 else 0 end as is_immature
from reports
inner join covered as spans
    on
        reports.reporter_kind = spans.reporter_kind
        and reports.reporter_id = spans.reporter_id
        and reports.due_on between spans.active_from and spans.active_to
left join accepted on reports.report_due_id = accepted.report_due_id
inner join group_maturity as maturity on spans.group_id = maturity.group_id
cross join clock
where reports.due_on >= clock.launched_on
