-- id: I09p
-- name: visit_persistence
-- title_zh: 持续度
-- title_en: Persistence
-- question_zh: 最近两周的督查覆盖,还有开头两周的几成?
-- question_en: How much of the first two weeks' visiting is left in the last two weeks?
-- numerator_zh: 时段内最后两个完整周中督查过的单位周
-- numerator_en: Unit-weeks visited in the last two full weeks of the period
-- denominator_zh: 时段内最初两个完整周中督查过的单位周(两头单位周数相同,其比即两个周覆盖率之比);为 0 则无数值
-- denominator_en: Unit-weeks visited in the first two full weeks of the period; both ends have the same units, so the
--   ratio is that of the two coverages; without a visit in the first two weeks there is no value
-- missing_zh: 无;时段不足四个完整周时无数值;四周中不在同一个组的单位不参与比较
-- missing_en: None; no value for a period of fewer than four full weeks; a unit that was not with the same group in
--   all four weeks is not compared
-- grain: unit supervised by one group in the first two and the last two full weeks
-- unit: ratio
-- direction: up
-- aggregation: pooled
-- period: shapes
-- key: unit_id
-- reference: I09, persistence; 1 means that the visiting goes on as it began, 0 that it has ceased
with

full_weeks as (
    select
        week,
        row_number() over (order by week) as place,
        row_number() over (order by week desc) as place_from_end
    from weeks
    where week_from >= $from_on and week_to <= $to_on
),

compared as (
    select
        week,
        place <= 2 as is_first
    from full_weeks
    where place <= 2 or place_from_end <= 2
),

visited as (
    select distinct
        unit_id,
        week
    from unit_visits
),

counts as (
    select
        members.group_id,
        members.unit_type,
        members.unit_id,
        min(members.week) as first_week,
        max(members.week) as last_week,
        count(visited.week) filter (where compared.is_first) as weeks_visited_first,
        count(visited.week) filter (where not compared.is_first) as weeks_visited_last,
        max(case when members.week_to > members.mature_until then 1 else 0 end) as is_immature
    from unit_weeks as members
    inner join compared on members.week = compared.week
    left join visited on members.unit_id = visited.unit_id and members.week = visited.week
    where members.member_to = members.week_to
    group by members.group_id, members.unit_type, members.unit_id
    having count(*) = 4
)

select
    group_id,
    unit_type,
    unit_id,
    cast(null as bigint) as week,
    first_week,
    last_week,
    weeks_visited_first,
    weeks_visited_last,
    weeks_visited_last as numerator,
    weeks_visited_first as denominator,
    0 as is_missing,
    is_immature
from counts
