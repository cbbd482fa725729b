-- id: I03
-- name: order_conformance
-- title_zh: 环节不变通(环节合规率)
-- title_en: Steps not altered (order conformance)
-- question_zh: 有先后要求的动作,有多少是按先后次序做的?
-- question_en: Where one action has to come before another, how often was the order kept?
-- numerator_zh: 次序合规的动作对;同日完成无法证明先后,不算违反
-- numerator_en: Pairs in order; two actions of one day cannot be told apart and are not violated
-- denominator_zh: 可判断的动作对:在后的动作已在时段内完成。在前的动作未做、或比规定的迟,即为违反
-- denominator_en: Judged pairs: the later action is done in the period. It is a violation when the earlier one is
--   not done, or done too late for it
-- missing_zh: 在前的动作尚未报完成、也未核实为未做:数据未到齐时为“不明”,不计入分母,数据已到齐后计为违反;
--   开始日缺失以致无法判断的也为“不明”。“不明”的和在前动作没有任何记录的都算缺失
-- missing_en: The earlier action is not reported as done, nor confirmed as not done: unclear, and out of the
--   denominator, while the group's data are not complete, a violation afterwards. Unclear as well: a missing start day
--   that leaves the order open. Missing are the unclear pairs and those whose earlier action has no record
-- grain: unit and pair of actions
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: done_on, action_code, before_code, unit_id
-- dimensions: stage, action
-- reference: I03; precedence between particular actions, no stage gate; a pair belongs to the week and to the unit's
--   group of the day on which its later action was done, and to that action and its stage
select
    group_id,
    unit_type,
    unit_id,
    week,
    stage,
    before_code,
    case when before_done_on <= $events_until then before_done_on end as before_done_on,
    case when before_done_on <= $events_until then 'done' else before_open_state end as before_state,
    action_code,
    started_on,
    done_on,
    rule,
    gap_days,
    order_verdict,
    case when order_verdict in ('in_order', 'unprovable') then 1 else 0 end as numerator,
    case when order_verdict = 'unclear' then 0 else 1 end as denominator,
    case when order_verdict = 'unclear' or count_records = 0 then 1 else 0 end as is_missing,
    case when is_recent then 1 else 0 end as is_immature
from order_pairs
where done_on between $from_on and $to_on
