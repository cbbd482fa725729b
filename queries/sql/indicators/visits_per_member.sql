-- id: I07m
-- name: visits_per_member
-- title_zh: 组员人均督查次数
-- title_en: Visits per member of the group
-- question_zh: 按人手算,督导组每名组员平均现场督查了几次?
-- question_en: How many on-site visits does a group make for each of its members?
-- numerator_zh: 时段内的现场督查次数(人数已知的督导组)
-- numerator_en: On-site visits in the period, of the groups whose number of members is known
-- denominator_zh: 时段内在督单位所属督导组的组员数(一个组只计一次;只记人数)
-- denominator_en: Members of the groups that supervised units in the period (each group once; a count only)
-- missing_zh: 未报人数的督导组:其督查也不计入;迟报的督查见“数据未到齐”标记
-- missing_en: Groups without a number of members: their visits do not count either; for visits reported late see the
--   maturity mark
-- grain: on-site visit, and group with its members
-- unit: visits
-- direction: up
-- aggregation: pooled
-- counted: once
-- key: group_id, visited_on, visit_id
-- maturity: activity
-- reference: I07, members_n; by unit or unit type the members of its group are those of the whole group
with

groups_known as (
    select
        group_id,
        members_n
    from supervision_groups
    where members_n is not null
)

select
    unit_visits.group_id,
    unit_visits.unit_type,
    unit_visits.unit_id,
    unit_visits.week,
    concat_ws('/', 'visit', unit_visits.visit_id) as counted_id,
    cast(null as integer) as members_n,
    unit_visits.unit_id as visited_unit_id,
    unit_visits.visit_id,
    unit_visits.visited_on,
    unit_visits.purpose,
    1 as numerator,
    0 as denominator,
    0 as is_missing,
    0 as is_immature
from unit_visits
inner join groups_known on unit_visits.group_id = groups_known.group_id
where unit_visits.visited_on between $from_on and $to_on

union all

select
    unit_weeks.group_id,
    unit_weeks.unit_type,
    unit_weeks.unit_id,
    unit_weeks.week,
    concat_ws('/', 'members', unit_weeks.group_id) as counted_id,
    all_groups.members_n,
    null as visited_unit_id,
    null as visit_id,
    null as visited_on,
    null as purpose,
    0 as numerator,
    coalesce(all_groups.members_n, 0) as denominator,
    case when all_groups.members_n is null then 1 else 0 end as is_missing,
    0 as is_immature
from unit_weeks
inner join supervision_groups as all_groups on unit_weeks.group_id = all_groups.group_id
where unit_weeks.member_from between $from_on and $to_on
