-- Purpose: what each article says of each action. Grain: one row per mention that is held now.
create or replace view mention as
with told as (
    select event_id, unnest(mention_ids) as mention_id from base.event_assertion where known_to is null
)
select
    mention.mention_id, mention.article_id, told.event_id, mention.instrument, mention.status, mention.salience, mention.issuers,
    mention.targets, mention.issuer_bodies, mention.firms, mention.items, mention.date, mention.effective, mention.rate_pct,
    mention.legal_documents, mention.responds_to, mention.reader, mention.known_from
from base.mention
left join told on told.mention_id = mention.mention_id
where mention.known_to is null
order by mention.article_id, mention.position;

comment on view mention is 'One row per policy action that one article tells, as read now';
comment on column mention.mention_id is 'Stable id';
comment on column mention.article_id is 'The article that tells it';
comment on column mention.event_id is 'The event that it was joined to';
comment on column mention.instrument is 'Kind of policy instrument';
comment on column mention.status is 'Stage as the article tells it';
comment on column mention.salience is 'main: the article''s news; background: an earlier action that it recalls';
comment on column mention.issuers is 'Who acts, as codes';
comment on column mention.targets is 'Against whom; [*] is every country, [] is not said';
comment on column mention.issuer_bodies is 'Agencies that act, by their usual English name';
comment on column mention.firms is 'Companies named or directly hit';
comment on column mention.items is 'Goods and services concerned';
comment on column mention.date is 'YYYY-MM-DD, YYYY-MM or YYYY, as told; null when not said';
comment on column mention.effective is 'Start of effect, written like date';
comment on column mention.rate_pct is 'Duty rate in per cent';
comment on column mention.legal_documents is 'Normalised keys of legal documents named';
comment on column mention.responds_to is 'mention_id of the action that the article says this one answers';
comment on column mention.reader is 'Name and version of what read it';
comment on column mention.known_from is 'When we learned it, UTC';
