-- Purpose: how events bear on one another. Grain: one row per pair of events, kind and mention that says so.
create or replace view event_link as
select
    link.from_event, link.to_event, link.kind, link.quote as evidence, link.mention_id, mention.article_id, article.url, link.known_from
from base.event_link_assertion as link
left join base.mention on mention.mention_id = link.mention_id and mention.known_to is null
left join base.article on article.article_id = mention.article_id
where link.known_to is null
order by link.from_event, link.to_event, link.kind;

comment on view event_link is 'One row per asserted link between two events';
comment on column event_link.from_event is 'The event that bears on the other';
comment on column event_link.to_event is 'The event that it bears on';
comment on column event_link.kind is 'retaliates_for, amends, suspends, lifts, exempts_from, implements or challenges';
comment on column event_link.evidence is 'The words of an article that assert it';
comment on column event_link.mention_id is 'The mention that carries the link';
comment on column event_link.article_id is 'The article that says so';
comment on column event_link.url is 'Address of that article';
comment on column event_link.known_from is 'When we learned it, UTC';
