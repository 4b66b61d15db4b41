-- Purpose: take in articles; a changed one closes its current version and opens a new one. Grain: incoming_article, one row per article.
-- Variable: learned_at, the time of this load.

-- What was fetched before the version that we hold is old news: a repeated batch must not undo a correction.
delete from incoming_article
where exists (
    select 1 from base.article_version as version
    where version.article_id = incoming_article.article_id and version.known_to is null and version.fetched_at > incoming_article.fetched_at
);
delete from incoming_mention where article_id not in (select article_id from incoming_article);
delete from incoming_evidence where mention_id not in (select mention_id from incoming_mention);
delete from incoming_entity_mention where article_id not in (select article_id from incoming_article);

create or replace temp table revised_article as
select incoming.article_id
from incoming_article as incoming
left join base.article_version as version on version.article_id = incoming.article_id and version.known_to is null
where version.article_id is null
   or row(
        version.content_hash, version.title, version.language, version.published_at, version.updated_at,
        version.publisher, version.owner, version.country, version.official
   ) is distinct from row(
        incoming.content_hash, incoming.title, incoming.language, incoming.published_at, incoming.updated_at,
        incoming.publisher, incoming.owner, incoming.country, incoming.official
   );

insert into base.article
select article_id, url, getvariable('learned_at') from incoming_article
where article_id not in (select article_id from base.article);

update base.article_version set known_to = getvariable('learned_at')
where known_to is null and article_id in (select article_id from revised_article);

insert into base.article_version by name
select * exclude (url), getvariable('learned_at') as known_from
from incoming_article
where article_id in (select article_id from revised_article);

merge into base.page
using (select page_sha256 as sha256, article_id, url, fetched_at from incoming_article where page_sha256 is not null) as incoming
on page.sha256 = incoming.sha256 and page.article_id = incoming.article_id
when not matched then insert by name;
