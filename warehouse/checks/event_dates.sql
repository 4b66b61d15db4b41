-- A date without its precision, a precision without its date, or a month or year that does not begin with its first day.
with dated as (
    select event_id, event_date as day, event_date_precision as precision from timeline
    union all
    select event_id, effective_date, effective_date_precision from timeline
)
select event_id, day, precision
from dated
where (day is null) <> (precision is null)
   or precision not in ('day', 'month', 'year')
   or (precision = 'month' and day <> date_trunc('month', day))
   or (precision = 'year' and day <> date_trunc('year', day));
