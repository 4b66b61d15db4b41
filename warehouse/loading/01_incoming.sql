-- Purpose: empty temporary tables for what one load brings in; store.py fills them. Grain: as the base table of the same name.
create or replace temp table incoming_article as
select article.article_id, url, version.* exclude (article_id, known_from, known_to)
from base.article cross join base.article_version as version
limit 0;

create or replace temp table incoming_mention as
select * exclude (known_from, known_to) from base.mention limit 0;

create or replace temp table incoming_evidence as
select * from base.mention_evidence limit 0;

create or replace temp table incoming_entity_mention as
select * exclude (known_from, known_to) from base.entity_mention limit 0;

create or replace temp table incoming_rejection as
select stage, reason, url, detail from base.rejection limit 0;

create or replace temp table incoming_event as
select * exclude (first_seen_at, last_seen_at, known_from, known_to) from base.event_assertion limit 0;

create or replace temp table incoming_link as
select * exclude (known_from, known_to) from base.event_link_assertion limit 0;

-- Mentions whose reading, article or very existence this load changes, whether they still hold or not.
create or replace temp table touched_mention (mention_id varchar not null);
