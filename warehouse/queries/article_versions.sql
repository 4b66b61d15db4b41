-- Purpose: which version of each article is held, to read again or to compare. Grain: one row per article that is given and known.
-- Parameter: urls, a list of canonical addresses; null for all articles.
select article_id, url, content_hash, current_since, fetched_at, updated_at, page_sha256
from article
where $urls::varchar[] is null or list_contains($urls::varchar[], url)
order by url;
