-- A mention that is held although its article's text has changed or is gone.
select mention.mention_id, mention.article_id
from base.mention
left join base.article_version as version
    on version.article_id = mention.article_id and version.content_hash = mention.content_hash and version.known_to is null
where mention.known_to is null and version.article_id is null;
