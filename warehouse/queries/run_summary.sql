-- Purpose: how one run went. Grain: one row, or none if the id is unknown. Parameter: run_id, null for the latest run.
select * from run
where $run_id::varchar is null or run_id = $run_id::varchar
order by started_at desc
limit 1;
