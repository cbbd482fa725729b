-- id: I14r
-- name: result_shortfall
-- title_zh: 结果差额
-- title_en: Shortfall of results
-- question_zh: 到期事项的结果,平均比决定的要求差多少?
-- question_en: By how much do the results of the matters due fall short of what was decided?
-- numerator_zh: 差额之和:未达决定值的部分除以决定值的绝对值,取0到1(“不高于”的反向);决定值为0时取差值,不超过1
-- numerator_en: Sum of shortfalls: what the value reached lacks of the value decided, divided by the size of the last,
--   from 0 to 1 (mirrored where at most was decided); for a decided 0 the difference itself, no more than 1
-- denominator_zh: 时段内按原定期限到期的事项中,有决定值、有经核实的达到值的要素
-- denominator_en: Elements with a decided value and a verified result, of matters due in the period by their original
--   deadline; cancelled matters leave
-- missing_zh: 有决定值而没有经核实的达到值的要素,不计入
-- missing_en: Elements with a decided value but without a verified result: not in the denominator
-- grain: element of a decision
-- unit: ratio
-- direction: down
-- aggregation: pooled
-- numbers: decimal
-- key: counted_on, matter_id, element_no
-- dimensions: body, category
-- reference: I14; an element stands where its matter's original deadline stands; shortfalls are kept to four digits
with

reached as (
    select
        *,
        case when achieved_on <= $events_until then achieved_value end as reached_value,
        case when achieved_on <= $events_until then achieved_on end as reached_on,
        coalesce(nullif(abs(decided_value), 0), 1) as size
    from element_results
    where
        decided_value is not null and counted_on between $from_on and $to_on
        and $events_until >= registered_on and $events_until < held_until
),

compared as (
    select
        *,
        case when direction = 'at_most' then reached_value - decided_value else decided_value - reached_value end
        / nullif(size, 0) as gap
    from reached
),

clipped as (
    select
        *,
        case
            when gap >= 1 then 10000
            when gap <= 0 then 0
            else floor(gap * 10000 + 0.5)
        end as parts
    from compared
)

select
    group_id,
    unit_type,
    unit_id,
    week,
    body_id,
    body_name_zh,
    body_name_en,
    matter_id,
    matter_no,
    title_zh,
    element_no,
    category,
    deadline_on as due_on_original,
    counted_on,
    decided_value,
    reached_value as achieved_value,
    unit_of_measure,
    reached_on as achieved_on,
    cast(parts / 10000 as decimal(18, 4)) as shortfall,
    cast(case when gap is null then 0 else parts end / 10000 as decimal(18, 4)) as numerator,
    case when gap is null then 0 else 1 end as denominator,
    case when gap is null then 1 else 0 end as is_missing,
    is_immature
from clipped
