-- What every event of appraisal that was not withdrawn gives or takes: one row per event, those struck on appeal too.
-- The rule in force on its day gives the points, of several schemes' the one that came into force last; an event that
-- no rule of its day knows has none. A unit whose body only supports the matter that is the evidence gets the rule's
-- share for support.
with

supporters as (
    select distinct
        bodies.unit_id,
        matter_bodies.matter_id
    from matter_bodies
    inner join bodies on matter_bodies.body_id = bodies.body_id
    where matter_bodies.role = 'support' and not matter_bodies.is_void
),

ruled as (
    select
        events.*,
        rules.scheme_id,
        rules.category,
        rules.name_zh as rule_name_zh,
        rules.name_en as rule_name_en,
        cast(rules.points as decimal(18, 4)) as points_lead,
        cast(rules.role_factor_support as decimal(18, 4)) as factor_support,
        cast(rules.cap as decimal(18, 4)) as cap,
        row_number() over (
            partition by events.event_id order by rules.effective_from desc, rules.scheme_id desc
        ) as nth_rule
    from appraisal_events as events
    left join appraisal_rules as rules
        on
            events.rule_code = rules.rule_code
            and events.occurred_on between rules.effective_from and coalesce(rules.effective_to, date '9999-12-31')
    where not events.is_void
)

select
    ruled.event_id,
    ruled.unit_id,
    ruled.scheme_id,
    ruled.rule_code,
    ruled.rule_name_zh,
    ruled.rule_name_en,
    ruled.category,
    ruled.occurred_on,
    ruled.evidence_table,
    ruled.evidence_key,
    ruled.appealed,
    supporters.unit_id is not null as is_support,
    ruled.points_lead,
    case
        when supporters.unit_id is null then ruled.points_lead
        else cast(ruled.points_lead * ruled.factor_support as decimal(18, 4))
    end as points,
    ruled.cap
from ruled
left join supporters
    on
        ruled.unit_id = supporters.unit_id
        and ruled.evidence_table = 'matters'
        and ruled.evidence_key = supporters.matter_id
where ruled.nth_rule = 1
