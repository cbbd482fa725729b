-- Every event of appraisal up to the events-until date with what its rule gives or takes, whether it counts or not:
-- one row per event.
select
    event_id,
    unit_id,
    scheme_id,
    rule_code,
    rule_name_zh,
    rule_name_en,
    category,
    occurred_on,
    evidence_table,
    evidence_key,
    appealed,
    is_support,
    cast(points_lead as double) as points_lead,
    cast(points as double) as points,
    cast(cap as double) as cap
from appraisal_weighed
where occurred_on <= $events_until
