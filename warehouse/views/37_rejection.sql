-- Purpose: what was not loaded and why. Grain: one row per stage, reason and address.
create or replace view rejection as
select stage, reason, url, detail, run_id, first_seen_at, last_seen_at, count
from base.rejection
order by last_seen_at desc, stage, reason, url;

comment on view rejection is 'One row per thing that was not loaded, with the reason';
comment on column rejection.stage is 'feed, fetch, extract, read or load';
comment on column rejection.reason is 'Short and countable, such as no-text';
comment on column rejection.url is 'Address of the item';
comment on column rejection.detail is 'What was found, in words';
comment on column rejection.run_id is 'The last run that met it';
comment on column rejection.first_seen_at is 'When it was first met, UTC';
comment on column rejection.last_seen_at is 'When it was last met, UTC';
comment on column rejection.count is 'Number of runs that met it';
