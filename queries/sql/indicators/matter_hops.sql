-- id: I13h
-- name: matter_hops
-- title_zh: 事项平均流转站数
-- title_en: Hops per matter
-- question_zh: 一个督办事项平均经过几站?
-- question_en: Through how many hands does a matter go?
-- numerator_zh: 到事件截止日为止的站数(机构收到事项一次为一站)
-- numerator_en: Hops by the events-until date (each time a body receives a matter)
-- denominator_zh: 时段内立项、至少有一站的事项
-- denominator_en: Matters registered in the period with at least one hop
-- missing_zh: 没有任何流转记录的事项,不计入
-- missing_en: Matters of which no step says who holds them: not in the denominator
-- grain: matter
-- unit: ratio
-- direction: none
-- aggregation: pooled
-- key: registered_on, matter_id
-- dimensions: body, category
-- reference: I13; a matter belongs to the week of its registration and to the group of its lead body's unit on that day
with

hop_counts as (
    select
        matter_id,
        count(*) as count_hops,
        max(arrived_on) as last_hop_on
    from hops
    where arrived_on <= $events_until
    group by matter_id
),

dated as (
    select
        own_matters.*,
        clock.launched_on,
        clock.known_on,
        greatest(own_matters.registered_on, clock.launched_on) as counted_on
    from own_matters
    cross join clock
    where own_matters.registered_on <= $events_until
)

select
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    date_diff('day', dated.launched_on, dated.counted_on) // 7 + 1 as week,
    dated.lead_body_id as body_id,
    dated.lead_body_name_zh as body_name_zh,
    dated.lead_body_name_en as body_name_en,
    dated.matter_class as category,
    dated.matter_id,
    dated.matter_no,
    dated.title_zh,
    dated.registered_on,
    hop_counts.last_hop_on,
    coalesce(hop_counts.count_hops, 0) as count_hops,
    coalesce(hop_counts.count_hops, 0) as numerator,
    case when hop_counts.matter_id is null then 0 else 1 end as denominator,
    case when hop_counts.matter_id is null then 1 else 0 end as is_missing,
    case when $events_until > coalesce(maturity.mature_until, dated.known_on - 14) then 1 else 0 end as is_immature
from dated
left join hop_counts on dated.matter_id = hop_counts.matter_id
left join unit_spans as spans
    on dated.lead_unit_id = spans.unit_id and dated.counted_on between spans.active_from and spans.active_to
left join group_maturity as maturity on spans.group_id = maturity.group_id
where dated.counted_on between $from_on and $to_on
