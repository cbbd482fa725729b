-- id: I05p
-- name: quality_pass_share
-- title_zh: 质量达标率
-- title_en: Share of marks that pass
-- question_zh: 经督导组评分的动作,有多少达到80分?
-- question_en: Of the actions the groups marked, how many reach 80 points?
-- numerator_zh: 督导组最近一次评分不低于80分(默认的达标线)的动作
-- numerator_en: Actions whose last mark by the group is 80 points, the default pass mark, or more
-- denominator_zh: 时段内完成且经督导组评分的动作;每次动作取督导组到事件截止日为止最近一次评分,活动办抽查不计
-- denominator_en: Actions done in the period that the group marked; of each the group's last review by the events-until
--   date counts, the office's spot checks never do
-- missing_zh: 未评分:应经督导组审核而没有分数的已完成动作;分子分母都不计
-- missing_en: Not marked: actions done that the group has to review and that have no mark; in neither
-- grain: action done
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: done_on, action_code, unit_id, instance_no
-- dimensions: stage, action, state
-- reference: I05p; the pass mark is a default, no rule of the seeds; an action belongs to the week and to the unit's
--   group of the day it was done
select
    group_id,
    unit_type,
    unit_id,
    week,
    stage,
    action_code,
    instance_no,
    done_on,
    reviewed_on,
    verdict,
    score,
    case when score is null and review_state = 'done' then 'not_reported' else review_state end as state,
    case when score >= 80 then 1 else 0 end as numerator,
    case when score is null then 0 else 1 end as denominator,
    case when score is null then 1 else 0 end as is_missing,
    is_immature
from reviewed_actions
where
    done_on between $from_on and $to_on
    and $events_until between holds_from and holds_to
    and (reviewed_by_group or review_state = 'done')
