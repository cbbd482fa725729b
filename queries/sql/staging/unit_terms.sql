-- The marks of each unit's terms with the term's first and last day: one row per unit, term and scheme.
-- A term is written 2014, 2014H1, 2014Q2 or 2014-04; rows of any other writing are left out.
with

split_terms as (
    select
        *,
        try_cast(substr(period_id, 1, 4) as integer) as year_no,
        try_cast(substr(period_id, 6) as integer) as part_no
    from appraisal_scores
    where not is_void
),

sized_terms as (
    select
        *,
        case
            when period_id like '____' then 12
            when period_id like '____H_' and part_no between 1 and 2 then 6
            when period_id like '____Q_' and part_no between 1 and 4 then 3
            when period_id like '____-__' and part_no between 1 and 12 then 1
        end as count_months
    from split_terms
),

bounds as (
    select
        *,
        year_no * 12 + coalesce(part_no - 1, 0) * count_months as first_month,
        year_no * 12 + coalesce(part_no, 1) * count_months as next_month
    from sized_terms
    where year_no is not null and count_months is not null
)

select
    unit_id,
    period_id,
    scheme_id,
    make_date(first_month // 12, first_month % 12 + 1, 1) as term_from,
    make_date(next_month // 12, next_month % 12 + 1, 1) - 1 as term_to,
    base,
    coursework_mark,
    exam_mark,
    coursework_weight,
    rankable
from bounds
