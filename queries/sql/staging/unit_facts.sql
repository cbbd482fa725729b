-- The facts of this snapshot with the unit's type, its group on that day and the campaign week: one row per fact.
with

all_facts as (select * from facts),

spans as (select * from unit_spans)

select
    all_facts.fact_kind,
    all_facts.fact_key,
    all_facts.action_code,
    spans.group_id,
    spans.unit_type,
    all_facts.unit_id,
    date_diff('day', clock.launched_on, all_facts.occurred_on) // 7 + 1 as week,
    all_facts.occurred_on,
    all_facts.reported_at,
    date_diff('day', all_facts.occurred_on, cast(all_facts.reported_at as date)) as latency_days
from all_facts
inner join spans
    on
        all_facts.unit_id = spans.unit_id
        and all_facts.occurred_on between spans.active_from and spans.active_to
cross join clock
where all_facts.occurred_on >= clock.launched_on
