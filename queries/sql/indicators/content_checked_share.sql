-- id: I04c
-- name: content_checked_share
-- title_zh: 内容核对率
-- title_en: Share of content checked
-- question_zh: 已完成的动作应有的内容,核对了多少?
-- question_en: Of the parts that the actions done must contain, how many were looked for?
-- numerator_zh: 已核对(有或没有)的必备内容
-- numerator_en: Required parts found present or absent
-- denominator_zh: 时段内完成的动作在完成当日有效的全部必备内容;不适用的不计
-- denominator_en: All required parts, in force on that day, of the actions done in the period; those not
--   applicable leave
-- missing_zh: 未核对:没有核对记录、记录为未核对或已撤销的内容
-- missing_en: Not checked: parts without a check, noted as not checked, or whose check was withdrawn
-- grain: action done and required part
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: done_on, action_code, unit_id, instance_no, item_no
-- dimensions: stage, action, state
-- reference: I04, checked share; a part belongs to the week and to the unit's group of the day the action was done
with

parts as (
    select
        *,
        case when known_from <= $events_until then check_result else 'not_checked' end as check_state
    from content_parts
    where done_on between $from_on and $to_on
)

select
    group_id,
    unit_type,
    unit_id,
    week,
    stage,
    action_code,
    instance_no,
    done_on,
    item_no,
    case when known_from <= $events_until then checked_on end as checked_on,
    check_state,
    case check_state when 'present' then 'done' when 'absent' then 'not_done' else open_state end as state,
    case when check_state = 'not_checked' then 0 else 1 end as numerator,
    1 as denominator,
    case when check_state = 'not_checked' then 1 else 0 end as is_missing,
    is_immature
from parts
where check_state <> 'not_applicable'
