-- Purpose: revise what the incoming articles say: readings that changed are closed, new ones opened. Grain: one row per mention.
-- Variable: learned_at, the time of this load. That another reader came to the same result is no change.

insert into touched_mention
select held.mention_id
from base.mention as held
left join incoming_mention as incoming
    on incoming.mention_id = held.mention_id
    and row(
        incoming.position, incoming.salience, incoming.targets, incoming.issuer_bodies, incoming.firms, incoming.items,
        incoming.date, incoming.effective, incoming.rate_pct, incoming.legal_documents, incoming.responds_to
    ) is not distinct from row(
        held.position, held.salience, held.targets, held.issuer_bodies, held.firms, held.items,
        held.date, held.effective, held.rate_pct, held.legal_documents, held.responds_to
    )
where held.known_to is null and incoming.mention_id is null
  and held.article_id in (select article_id from incoming_article);

update base.mention set known_to = getvariable('learned_at')
where known_to is null and mention_id in (select mention_id from touched_mention);

insert into base.mention by name
select *, getvariable('learned_at') as known_from
from incoming_mention
where mention_id not in (select mention_id from base.mention where known_to is null);

insert into touched_mention
select mention_id from base.mention
where known_to is null
  and (known_from = getvariable('learned_at') or article_id in (select article_id from revised_article));

insert into base.mention_evidence
select * from incoming_evidence
where mention_id not in (select mention_id from base.mention_evidence);
