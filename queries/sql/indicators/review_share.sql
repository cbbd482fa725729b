-- id: I05s
-- name: review_share
-- title_zh: 审核率
-- title_en: Review share
-- question_zh: 应经督导组审核的已完成动作,审核了多少?
-- question_en: Of the actions done that the group has to review, how many has it reviewed?
-- numerator_zh: 到事件截止日为止督导组已审核的动作(不论有无分数)
-- numerator_en: Actions the group has reviewed by the events-until date, with or without a mark
-- denominator_zh: 时段内完成、按动作目录须经督导组审核的动作
-- denominator_en: Actions done in the period that the catalogue wants reviewed by the group
-- missing_zh: 没有督导组审核记录(或已撤销)的动作
-- missing_en: Actions without a review by the group, or whose review was withdrawn
-- grain: action done
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: done_on, action_code, unit_id, instance_no
-- dimensions: stage, action, state
-- reference: I05, review share; an action belongs to the week and to the unit's group of the day it was done
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
    review_state as state,
    case when review_state = 'done' then 1 else 0 end as numerator,
    1 as denominator,
    case when review_state = 'done' then 0 else 1 end as is_missing,
    is_immature
from reviewed_actions
where
    done_on between $from_on and $to_on
    and $events_until between holds_from and holds_to
    and reviewed_by_group
