-- id: I18
-- name: combined_mark
-- title_zh: 综合成绩
-- title_en: Combined mark
-- question_zh: 平时成绩和考试成绩合起来,各单位得多少分?
-- question_en: What mark do coursework and exam make together?
-- numerator_zh: 综合成绩之和:权重×平时成绩+(1-权重)×考试成绩
-- numerator_en: Sum of the combined marks: weight × coursework + (1 - weight) × exam
-- denominator_zh: 末日在时段内的考核期中,有考试成绩并参加排名的单位(单位 × 考核期)
-- denominator_en: Ranked units with an exam mark in a term that ends in the period (unit × term)
-- missing_zh: 没有考试成绩或不参加排名:没有综合成绩,只列平时成绩,不作折算
-- missing_en: No exam mark, or not ranked: no combined mark; coursework is shown alone and never scaled up
-- grain: unit and term
-- unit: points
-- direction: up
-- aggregation: pooled
-- numbers: decimal
-- key: term_to, scheme_id, period_id, unit_id
-- dimensions: state
-- reference: I18; a mark belongs to the week and to the unit's group of the last day of its term; the weight stands
--   with the marks, 0.30 is a default
with

marks as (
    select
        *,
        rankable and exam_mark is not null as is_marked,
        cast(coursework_weight as decimal(18, 4)) as weight,
        cast(coursework_mark as decimal(18, 4)) as coursework,
        cast(exam_mark as decimal(18, 4)) as exam
    from unit_terms
    where term_to between $from_on and $to_on
),

combined as (
    select
        *,
        case when is_marked then cast(weight * coursework + (1 - weight) * exam as decimal(18, 4)) end as mark
    from marks
)

select
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    date_diff('day', clock.launched_on, combined.term_to) // 7 + 1 as week,
    units.peer_class,
    combined.scheme_id,
    combined.period_id,
    combined.term_to,
    combined.coursework_mark,
    combined.exam_mark,
    combined.coursework_weight,
    cast(combined.mark as double) as combined_mark,
    case
        when not combined.rankable then 'not_applicable'
        when combined.exam_mark is null then 'not_reported'
        else 'done'
    end as state,
    coalesce(combined.mark, 0) as numerator,
    case when combined.is_marked then 1 else 0 end as denominator,
    case when combined.is_marked then 0 else 1 end as is_missing,
    case when combined.term_to > maturity.mature_until then 1 else 0 end as is_immature
from combined
inner join unit_spans as spans
    on combined.unit_id = spans.unit_id and combined.term_to between spans.active_from and spans.active_to
inner join units on spans.unit_id = units.unit_id
inner join group_maturity as maturity on spans.group_id = maturity.group_id
cross join clock
