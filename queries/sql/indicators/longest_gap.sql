-- id: I08
-- name: longest_gap
-- title_zh: 最长间隔(天)
-- title_en: Longest gap (days)
-- question_zh: 一个单位最长有多少天没有人去现场督查?
-- question_en: For how many days at most does a unit go without an on-site visit?
-- numerator_zh: 各单位最长间隔天数之和(时段或归属开始、各次现场督查、结束,相邻两点之间的天数)
-- numerator_en: Sum of the units' longest gaps: days between successive points of start, on-site visits and end
-- denominator_zh: 时段内在督的单位(换组的在每个组各算一段);数值为中位数,并给出第90百分位和最长者
-- denominator_en: Units supervised in the period, a stay for each group; the value is the median, with P90 and longest
-- missing_zh: 无;从未督查的单位,间隔为整段;迟报的督查要到以后的快照才出现,见“数据未到齐”标记
-- missing_en: None; a unit never visited has the whole span; visits reported late appear in later snapshots only
-- grain: unit and stay with a group
-- unit: days
-- direction: down
-- aggregation: median
-- period: shapes
-- key: unit_id, stay_from
-- reference: I08; a gap belongs to the period and to no single week, so by week it stands in a row without a week
with

stays as (
    select
        group_id,
        unit_type,
        unit_id,
        greatest(stay_from, cast($from_on as date)) as stay_from,
        least(stay_to, cast($to_on as date)) as stay_to
    from unit_stays
    where stay_from <= $to_on and stay_to >= $from_on
),

points as (
    select
        stays.*,
        unit_visits.visited_on as point_on
    from stays
    inner join unit_visits
        on stays.unit_id = unit_visits.unit_id and unit_visits.visited_on between stays.stay_from and stays.stay_to
    union all
    select
        *,
        stay_to as point_on
    from stays
),

gaps as (
    select
        *,
        coalesce(lag(point_on) over (partition by unit_id, stay_from order by point_on), stay_from) as gap_from
    from points
),

weighed as (
    select
        *,
        date_diff('day', gap_from, point_on) as days,
        date_diff('day', gap_from, point_on) * 100000 - date_diff('day', stay_from, point_on) as long_then_early
    from gaps
)

select
    weighed.group_id,
    weighed.unit_type,
    weighed.unit_id,
    cast(null as bigint) as week,
    weighed.stay_from,
    weighed.stay_to,
    count(*) - 1 as count_visits,
    arg_max(weighed.gap_from, weighed.long_then_early) as gap_from,
    arg_max(weighed.point_on, weighed.long_then_early) as gap_to,
    max(weighed.days) as days_without_visit,
    max(weighed.days) as numerator,
    1 as denominator,
    0 as is_missing,
    case when weighed.stay_to > max(maturity.mature_until) then 1 else 0 end as is_immature
from weighed
inner join group_maturity as maturity on weighed.group_id = maturity.group_id
group by weighed.group_id, weighed.unit_type, weighed.unit_id, weighed.stay_from, weighed.stay_to
