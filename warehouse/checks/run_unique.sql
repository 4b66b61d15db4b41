-- Two runs with one id, or more than one run under way.
select run_id, count(*) as runs from base.run group by run_id having runs > 1
union all
select 'running', count(*) as runs from base.run where status = 'running' having runs > 1;
