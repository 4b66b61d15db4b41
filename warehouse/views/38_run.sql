-- Purpose: what was run, when, and what it brought. Grain: one row per run of a command. Newest first.
create or replace view run as
with brought as (
    select
        run_id, count(*) as loads, sum(articles_new) as articles_new, sum(articles_revised) as articles_revised,
        sum(mentions_new) as mentions_new, sum(mentions_closed) as mentions_closed, sum(events_new) as events_new,
        sum(events_changed) as events_changed, sum(events_closed) as events_closed, sum(rejections) as rejections
    from base.load group by run_id
)
select
    run.run_id, run.command, run.status, run.started_at, run.finished_at, run.source_set_version,
    coalesce(brought.loads, 0)::integer as loads,
    coalesce(brought.articles_new, 0)::integer as articles_new,
    coalesce(brought.articles_revised, 0)::integer as articles_revised,
    coalesce(brought.mentions_new, 0)::integer as mentions_new,
    coalesce(brought.mentions_closed, 0)::integer as mentions_closed,
    coalesce(brought.events_new, 0)::integer as events_new,
    coalesce(brought.events_changed, 0)::integer as events_changed,
    coalesce(brought.events_closed, 0)::integer as events_closed,
    coalesce(brought.rejections, 0)::integer as rejections
from base.run
left join brought on brought.run_id = run.run_id
order by run.started_at desc, run.run_id;

comment on view run is 'One row per run of a command, with what it changed';
comment on column run.run_id is 'Id of the run';
comment on column run.command is 'The command that was run';
comment on column run.status is 'running, done, partial, failed or interrupted';
comment on column run.started_at is 'UTC';
comment on column run.finished_at is 'UTC; null while it runs or when it was killed';
comment on column run.source_set_version is 'Version of the set of sources that it read';
comment on column run.loads is 'Transactions that changed something';
comment on column run.articles_new is 'Articles loaded for the first time';
comment on column run.articles_revised is 'Articles whose text or facts had changed';
comment on column run.mentions_new is 'Mentions learned';
comment on column run.mentions_closed is 'Mentions that no longer hold';
comment on column run.events_new is 'Events that appeared';
comment on column run.events_changed is 'Events that changed';
comment on column run.events_closed is 'Events that no longer stand';
comment on column run.rejections is 'Things rejected';
