-- Purpose: revise where entities are named, and enter new ones in the catalogue. Grain: one row per place in a text; per entity.
-- Variable: learned_at, the time of this load.
update base.entity_mention as held set known_to = getvariable('learned_at')
where held.known_to is null
  and held.article_id in (select article_id from incoming_article)
  and not exists (
    select 1 from incoming_entity_mention as incoming
    where incoming.article_id = held.article_id and incoming.content_hash = held.content_hash
      and incoming.quote_start = held.quote_start and incoming.quote_end = held.quote_end
      and incoming.entity_id = held.entity_id and incoming.type = held.type
  );

insert into base.entity_mention by name
select *, getvariable('learned_at') as known_from
from incoming_entity_mention as incoming
where not exists (
    select 1 from base.entity_mention as held
    where held.known_to is null and held.article_id = incoming.article_id and held.content_hash = incoming.content_hash
      and held.quote_start = incoming.quote_start and held.quote_end = incoming.quote_end
      and held.entity_id = incoming.entity_id and held.type = incoming.type
);

merge into base.entity
using (select distinct entity_id as id, type from incoming_entity_mention) as incoming
on entity.id = incoming.id and entity.type = incoming.type
when not matched then insert values (incoming.id, incoming.type, incoming.id, [], map {});
