-- Purpose: the last day that a date of some precision may mean. Grain: one value.
-- Parameters: first_day, the first day of the period; date_precision, 'day', 'month' or 'year'.
create or replace macro base.period_end(first_day, date_precision) as
case date_precision
    when 'year' then make_date(year(first_day), 12, 31)
    when 'month' then last_day(first_day)
    else first_day
end;

comment on macro base.period_end is 'period_end(first_day, date_precision): last day of the day, month or year that begins at first_day';
