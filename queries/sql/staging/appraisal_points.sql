-- The points of appraisal: one row per event that was neither withdrawn nor taken back on appeal and has a rule in
-- force on its day.
-- One event counts under one rule: superseded_on is the day from which a larger event of the unit on the same evidence
-- takes this one's place.
select
    *,
    min(occurred_on) over (
        partition by unit_id, evidence_table, evidence_key
        order by abs(points) desc, points desc, event_id asc
        rows between unbounded preceding and 1 preceding
    ) as superseded_on
from appraisal_weighed
where appealed <> 'upheld' and scheme_id is not null
