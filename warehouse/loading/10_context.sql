-- Purpose: the mentions that consolidation looks at together. Grain: one row per mention of context_mention, in a stable order.
with learned as (
    select mention_id, min(known_from) as learned_at
    from base.mention semi join context_mention using (mention_id)
    group by mention_id
),
quoted as (
    select mention_id, list(struct_pack(field, quote_start, quote_end, quote) order by quote_start, quote_end, field) as evidence
    from base.mention_evidence semi join context_mention using (mention_id)
    group by mention_id
)
select
    mention.mention_id, mention.article_id, article.url, version.publisher, version.owner, version.official, version.language,
    version.published_at, learned.learned_at, mention.responds_to,
    mention.instrument, mention.status, mention.salience, mention.issuers, mention.targets, mention.issuer_bodies, mention.firms,
    mention.items, mention.date, mention.effective, mention.rate_pct, mention.legal_documents, quoted.evidence
from base.mention
semi join context_mention on context_mention.mention_id = mention.mention_id
join learned on learned.mention_id = mention.mention_id
join quoted on quoted.mention_id = mention.mention_id
join base.article on article.article_id = mention.article_id
join base.article_version as version on version.article_id = mention.article_id and version.known_to is null
where mention.known_to is null
order by mention.article_id, mention.position, mention.mention_id;
