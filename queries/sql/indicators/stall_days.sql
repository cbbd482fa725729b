-- id: I13
-- name: stall_days
-- title_zh: 梗阻天数
-- title_en: Stall (days beyond the days allowed)
-- question_zh: 督办事项在各层级、各机构超出允许时间停了多少天?
-- question_en: How many days did matters lie at each level and body beyond the days allowed there?
-- numerator_zh: 停滞天数之和:每一站停留天数超出允许天数的部分,未转出的算到事件截止日;按该站规定的工作日或自然日计
-- numerator_en: Sum of stall days: by how much the days held exceed the days allowed, hop by hop, in the kind of day
--   allowed (working or calendar); a hop not yet left counts up to the events-until date
-- denominator_zh: 时段内到达、有允许天数的站数(一站即一个机构收到事项到转出或办结);数值为停滞天数之和,不是平均
-- denominator_en: Hops begun in the period with a known allowance (a hop: from receiving a matter until handing it on
--   or its closing); the value is the total of stall days, not a mean
-- missing_zh: 步骤和时限规则都没有允许天数的站,不计停滞
-- missing_en: Hops without days allowed, in the step as in the rules: no stall is counted for them
-- grain: hop of a matter
-- unit: days
-- direction: down
-- aggregation: total
-- key: arrived_on, matter_id, hop_no
-- dimensions: body, level
-- reference: I13; body and level are the holder's, group and unit those of the lead body on the day the hop began
with

known_hops as (
    select
        *,
        case when left_on <= $events_until then left_on end as left_by_then_on,
        least(left_on, cast($events_until as date)) as held_until,
        count(*) over (partition by matter_id) as count_hops
    from unit_hops
    where arrived_on <= $events_until
),

measured as (
    select
        known_hops.*,
        case when acts.first_on <= $events_until then acts.first_on end as claimed_on,
        date_diff('day', known_hops.arrived_on, known_hops.held_until) as held_days,
        case
            when known_hops.allowed_kind = 'working' then workdays.workday_no - known_hops.arrived_workday
            else date_diff('day', known_hops.arrived_on, known_hops.held_until)
        end - known_hops.allowed_days as days_over
    from known_hops
    left join workdays on known_hops.held_until = workdays.day
    left join hop_acts as acts
        on
            known_hops.matter_id = acts.matter_id
            and known_hops.hop_no = acts.hop_no
            and acts.act = 'claimed_done'
)

select
    group_id,
    unit_type,
    unit_id,
    week,
    body_id,
    body_name_zh,
    body_name_en,
    level,
    matter_id,
    matter_no,
    title_zh,
    hop_no,
    count_hops,
    arrived_by,
    arrived_on,
    claimed_on,
    left_by_then_on as left_on,
    held_days,
    allowed_days,
    allowed_kind,
    case when days_over > 0 then days_over when days_over <= 0 then 0 end as stall_days,
    case when days_over > 0 then days_over else 0 end as numerator,
    case when days_over is null then 0 else 1 end as denominator,
    case when days_over is null then 1 else 0 end as is_missing,
    case when held_until > mature_until then 1 else 0 end as is_immature
from measured
where counted_on between $from_on and $to_on
