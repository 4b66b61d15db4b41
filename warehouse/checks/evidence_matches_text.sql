-- Evidence whose offsets do not give its words in any version of its article.
select quoted.mention_id, quoted.field, quoted.quote_start, quoted.quote_end
from base.mention_evidence as quoted
where not exists (
    select 1
    from base.mention
    join base.article_version as version on version.article_id = mention.article_id and version.content_hash = mention.content_hash
    where mention.mention_id = quoted.mention_id
      and quoted.quote_end > quoted.quote_start
      and substring(version.text, quoted.quote_start + 1, quoted.quote_end - quoted.quote_start) = quoted.quote
);
