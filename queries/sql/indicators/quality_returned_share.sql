-- id: I05r
-- name: quality_returned_share
-- title_zh: 审核退回率
-- title_en: Share returned for redoing
-- question_zh: 督导组审核过的动作,有多少曾被退回?
-- question_en: Of the actions the groups reviewed, how many did they return for redoing?
-- numerator_zh: 至少被退回过一次的动作(审核结论为退回,或动作记录的退回次数不为零);退回后重做通过的仍计
-- numerator_en: Actions returned at least once: by the verdict of a review or by the count in the record; redone ones
--   still count
-- denominator_zh: 督导组最近一次审核在时段内的动作,不论是否已完成;活动办抽查不计
-- denominator_en: Actions whose last review by the group lies in the period, done or not; spot checks do not count
-- missing_zh: 无;没有审核的动作见审核率。退回次数没有日期,事件截至日之后的退回也在其中
-- missing_en: None; actions not reviewed show in the review share. The record's count has no day: a return after the
--   events-until date is in it
-- grain: action reviewed
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: reviewed_on, action_code, unit_id, instance_no
-- dimensions: stage, action
-- reference: I05r; an action belongs to the week and to the unit's group of the day of the group's last review by the
--   events-until date
with

turns as (
    select *
    from placed_reviews
    where reviewer_side = 'group' and $events_until between holds_from and holds_to
),

records as (
    select *
    from action_records
    where not is_void
)

select
    turns.group_id,
    turns.unit_type,
    turns.unit_id,
    turns.week,
    turns.stage,
    turns.action_code,
    turns.instance_no,
    turns.reviewed_on,
    turns.verdict,
    turns.score,
    records.returned_n,
    case when turns.was_returned = 1 or records.returned_n > 0 then 1 else 0 end as numerator,
    1 as denominator,
    0 as is_missing,
    turns.is_immature
from turns
left join records
    on
        turns.unit_id = records.unit_id
        and turns.action_code = records.action_code
        and turns.instance_no = records.instance_no
where turns.reviewed_on between $from_on and $to_on
