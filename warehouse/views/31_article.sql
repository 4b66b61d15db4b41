-- Purpose: the articles as last read. Grain: one row per article, that is per canonical address.
create or replace view article as
select
    article.article_id, article.url, version.title, version.text, version.language, version.publisher, version.owner, version.country,
    version.official, version.published_at, version.updated_at, version.fetched_at, article.first_seen_at,
    version.known_from as current_since, version.content_hash, version.page_sha256
from base.article
join base.article_version as version on version.article_id = article.article_id and version.known_to is null
order by version.published_at desc nulls last, article.article_id;

comment on view article is 'One row per article in its current version';
comment on column article.article_id is 'Stable id, derived from the address';
comment on column article.url is 'Canonical address';
comment on column article.title is 'Headline';
comment on column article.text is 'Title, blank line, body: what is read and what every offset points into';
comment on column article.language is 'ISO 639-1, detected from the text';
comment on column article.publisher is 'Who published it';
comment on column article.owner is 'Who owns the publisher';
comment on column article.country is 'Country of the publisher, ISO 3166-1 alpha-2; null when unknown';
comment on column article.official is 'Whether it is a government''s own page';
comment on column article.published_at is 'UTC; null when neither feed nor page says';
comment on column article.updated_at is 'Last change that the feed or page states, UTC';
comment on column article.fetched_at is 'When this version was fetched, UTC';
comment on column article.first_seen_at is 'When the article was first loaded, UTC';
comment on column article.current_since is 'When this version was loaded, UTC; later than first_seen_at when the article was corrected';
comment on column article.content_hash is 'Identity of this version of the text';
comment on column article.page_sha256 is 'Name of the kept page; null for texts that came without one';
