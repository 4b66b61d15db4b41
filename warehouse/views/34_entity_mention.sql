-- Purpose: where each entity is named. Grain: one row per stretch of an article's current text.
create or replace view entity_mention as
select entity_id, type, article_id, quote, quote_start, quote_end, reader, known_from
from base.entity_mention
where known_to is null
order by article_id, quote_start, entity_id;

comment on view entity_mention is 'One row per place in an article''s text where an entity is named';
comment on column entity_mention.entity_id is 'The entity; see entity.id';
comment on column entity_mention.type is 'Its type; see entity.type';
comment on column entity_mention.article_id is 'The article that names it';
comment on column entity_mention.quote is 'The name as written there';
comment on column entity_mention.quote_start is 'First character in article.text, counted from 0 in Unicode code points';
comment on column entity_mention.quote_end is 'Character after the last one';
comment on column entity_mention.reader is 'Name and version of what read it';
comment on column entity_mention.known_from is 'When we learned it, UTC';
