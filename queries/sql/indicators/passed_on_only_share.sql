-- id: I13p
-- name: passed_on_only_share
-- title_zh: 只转不办率
-- title_en: Passed on, nothing done
-- question_zh: 把事项转走的机构中,有多少只是转了一手?
-- question_en: Of the bodies that handed a matter on, how many had done nothing but hand it on?
-- numerator_zh: 只转不办:持有期间没有开始办理、反馈、报完成,也没有取得结果
-- numerator_en: Passed on only: while they held it nothing was started, reported back or claimed done, and no result
--   was reached
-- denominator_zh: 时段内到达、已被转交、退回或提级而离开的站;立项机关的交办、办结和在手的不算
-- denominator_en: Hops begun in the period and left by being forwarded, returned or escalated; assigning a registered
--   matter, closing it and still holding it do not count
-- missing_zh: 无;已办而尚未报到的看起来像没办,见“数据未到齐”标记
-- missing_en: None; work not yet reported looks like none, see the maturity mark
-- grain: hop of a matter that was handed on
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: arrived_on, matter_id, hop_no
-- dimensions: body, level
-- reference: I13; body and level are the holder's, group and unit those of the lead body on the day the hop began
with

acts as (
    select
        matter_id,
        hop_no,
        min(first_on) as first_act_on
    from hop_acts
    group by matter_id, hop_no
)

select
    unit_hops.group_id,
    unit_hops.unit_type,
    unit_hops.unit_id,
    unit_hops.week,
    unit_hops.body_id,
    unit_hops.body_name_zh,
    unit_hops.body_name_en,
    unit_hops.level,
    unit_hops.matter_id,
    unit_hops.matter_no,
    unit_hops.title_zh,
    unit_hops.hop_no,
    unit_hops.arrived_on,
    acts.first_act_on,
    unit_hops.left_on,
    unit_hops.left_by,
    case when acts.matter_id is null then 1 else 0 end as numerator,
    1 as denominator,
    0 as is_missing,
    case when unit_hops.left_on > unit_hops.mature_until then 1 else 0 end as is_immature
from unit_hops
left join acts on unit_hops.matter_id = acts.matter_id and unit_hops.hop_no = acts.hop_no
where
    unit_hops.left_by in ('forwarded', 'returned', 'escalated')
    and unit_hops.left_on <= $events_until
    and unit_hops.counted_on between $from_on and $to_on
