-- Purpose: bring the timeline from what stood to what the mentions now come to; only differences are written. Grain: one row per event.
-- Variable: learned_at, the time of this load.

delete from incoming_event
where event_id not in (
    select told.event_id from (select event_id, unnest(mention_ids) as mention_id from incoming_event) as told
    semi join core_mention using (mention_id)
);

create or replace temp table standing_event as
with told as (
    select event_id, unnest(mention_ids) as mention_id from base.event_assertion where known_to is null
)
select * from base.event_assertion
where known_to is null and event_id in (select event_id from told semi join core_mention using (mention_id));

create or replace temp table due_event as
with learned as (
    select mention_id, min(known_from) as learned_at from base.mention group by mention_id
),
told as (
    select event_id, unnest(mention_ids) as mention_id from incoming_event
),
seen as (
    select event_id, min(learned_at) as first_seen_at, max(learned_at) as last_seen_at
    from told join learned using (mention_id) group by event_id
),
earlier as (
    select event_id, min(first_seen_at) as first_seen_at from base.event_assertion group by event_id
)
select * exclude (known_from, known_to) from base.event_assertion where false
union all by name
select
    incoming.*,
    least(seen.first_seen_at, coalesce(earlier.first_seen_at, seen.first_seen_at)) as first_seen_at,
    seen.last_seen_at
from incoming_event as incoming
join seen using (event_id)
left join earlier using (event_id);

create or replace temp table unchanged_event as
select event_id from (
    select * exclude (known_from, known_to) from standing_event
    intersect
    select * from due_event
);

update base.event_assertion set known_to = getvariable('learned_at')
where known_to is null
  and event_id in (select event_id from standing_event)
  and event_id not in (select event_id from unchanged_event);

insert into base.event_assertion by name
select *, getvariable('learned_at') as known_from
from due_event
where event_id not in (select event_id from unchanged_event);

-- Links are held as long as both ends and the words stay the same.
create or replace temp table core_event as
select event_id from standing_event union select event_id from incoming_event;

update base.event_link_assertion as held set known_to = getvariable('learned_at')
where held.known_to is null
  and (held.from_event in (select event_id from core_event) or held.to_event in (select event_id from core_event))
  and not exists (
    select 1 from incoming_link as incoming
    where incoming.from_event = held.from_event and incoming.to_event = held.to_event and incoming.kind = held.kind
      and incoming.mention_id = held.mention_id and incoming.quote = held.quote
  );

insert into base.event_link_assertion by name
select distinct incoming.*, getvariable('learned_at') as known_from
from incoming_link as incoming
where (incoming.from_event in (select event_id from core_event) or incoming.to_event in (select event_id from core_event))
  and not exists (
    select 1 from base.event_link_assertion as held
    where held.known_to is null and held.from_event = incoming.from_event and held.to_event = incoming.to_event
      and held.kind = incoming.kind and held.mention_id = incoming.mention_id and held.quote = incoming.quote
  );
