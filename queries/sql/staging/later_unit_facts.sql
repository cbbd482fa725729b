-- The facts the newest snapshot knows, each marked when this snapshot did not know it: one row per fact.
-- Group and type are those of this snapshot, so that the rows fit its other figures.
with

newest_facts as (select * from later_facts),

known_facts as (select * from facts),

spans as (select * from unit_spans)

select
    newest_facts.fact_kind,
    newest_facts.fact_key,
    newest_facts.action_code,
    spans.group_id,
    spans.unit_type,
    newest_facts.unit_id,
    date_diff('day', clock.launched_on, newest_facts.occurred_on) // 7 + 1 as week,
    newest_facts.occurred_on,
    newest_facts.reported_at,
    case when known_facts.fact_key is null then 1 else 0 end as is_late
from newest_facts
inner join spans
    on
        newest_facts.unit_id = spans.unit_id
        and newest_facts.occurred_on between spans.active_from and spans.active_to
left join known_facts
    on
        newest_facts.fact_kind = known_facts.fact_kind
        and newest_facts.fact_key = known_facts.fact_key
cross join clock
where newest_facts.occurred_on >= clock.launched_on
