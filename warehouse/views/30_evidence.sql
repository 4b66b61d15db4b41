-- Purpose: the words that carry each event. Grain: one row per event, mention, field and stretch of text.
create or replace view evidence as
with told as (
    select event_id, unnest(mention_ids) as mention_id from base.event_assertion where known_to is null
)
select
    told.event_id, mention.article_id, article.url, version.publisher, version.owner, version.language, version.published_at,
    quoted.field, quoted.quote, quoted.quote_start, quoted.quote_end, told.mention_id
from told
join base.mention on mention.mention_id = told.mention_id and mention.known_to is null
join base.mention_evidence as quoted on quoted.mention_id = told.mention_id
join base.article_version as version on version.article_id = mention.article_id and version.known_to is null
join base.article on article.article_id = mention.article_id
order by told.event_id, version.published_at, mention.article_id, quoted.quote_start, quoted.field;

comment on view evidence is 'One row per event, mention, field and stretch of an article''s text that carries the field';
comment on column evidence.event_id is 'The event that is carried';
comment on column evidence.article_id is 'The article that says it';
comment on column evidence.url is 'Canonical address of the article';
comment on column evidence.publisher is 'Who published it';
comment on column evidence.owner is 'Who owns the publisher';
comment on column evidence.language is 'Language of the article, ISO 639-1';
comment on column evidence.published_at is 'When it was published, UTC; null when neither feed nor page says';
comment on column evidence.field is 'The field that the words carry, such as status or targets; event for the whole';
comment on column evidence.quote is 'The exact words: article.text from quote_start up to quote_end';
comment on column evidence.quote_start is 'First character of the quote in article.text, counted from 0 in Unicode code points';
comment on column evidence.quote_end is 'Character after the last one of the quote';
comment on column evidence.mention_id is 'The mention that the words belong to';
