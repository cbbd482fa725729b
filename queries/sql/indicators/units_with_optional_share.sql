-- id: I20u
-- name: units_with_optional_share
-- title_zh: 开展自选动作的单位占比
-- title_en: Units with an optional action, share
-- question_zh: 有多大比例的单位做过自选动作?
-- question_en: What share of the units has done an optional action?
-- numerator_zh: 时段内至少完成一次自选动作的单位
-- numerator_en: Units that did at least one optional action in the period
-- denominator_zh: 时段末日在督的单位
-- denominator_en: Units supervised on the last counted day of the period
-- missing_zh: 无;没有自选动作绝不是过失,不作缺报
-- missing_en: None; the absence of an optional action is never a fault and never missing
-- grain: unit
-- unit: share
-- direction: none
-- aggregation: pooled
-- period: shapes
-- key: unit_id
-- reference: I20; a unit belongs to its group of the period's last day, and so do the actions it did before; by week
--   it stands in a row without a week
with

counts as (
    select
        unit_id,
        count(*) as count_actions,
        min(done_on) as first_done_on
    from optional_records
    where done_on between $from_on and $to_on
    group by unit_id
)

select
    members.group_id,
    members.unit_type,
    members.unit_id,
    cast(null as bigint) as week,
    coalesce(counts.count_actions, 0) as count_actions,
    counts.first_done_on,
    case when counts.unit_id is null then 0 else 1 end as numerator,
    1 as denominator,
    0 as is_missing,
    case when $to_on > maturity.mature_until then 1 else 0 end as is_immature
from unit_spans as members
inner join group_maturity as maturity on members.group_id = maturity.group_id
left join counts on members.unit_id = counts.unit_id
where $to_on between members.active_from and members.active_to
