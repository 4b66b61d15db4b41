-- Purpose: find all mentions that must be looked at together when touched_mention changed. Grain: one row per mention.
-- A block is an issuer and an instrument, or the instrument alone when nobody is named. A joint action lies in the block of each of its
-- issuers and so ties them together: core_mention holds all that hangs together with what was touched, and only its events may change.
-- context_mention adds the blocks whose actions answer, or are answered by, those of the core, so that links across blocks find both ends.

create or replace temp table mention_block as
select mention_id, unnest(if(len(issuers) = 0, [''], issuers)) || '|' || instrument as block, len(issuers) > 1 as joint
from base.mention
where known_to is null;

create or replace temp table core_mention as
with recursive touched(block) as (
    select distinct unnest(if(len(issuers) = 0, [''], issuers)) || '|' || instrument
    from base.mention
    where mention_id in (select mention_id from touched_mention)
),
reached(block) as (
    select block from touched
    union
    select onward.block
    from reached
    join mention_block as tie on tie.block = reached.block and tie.joint
    join mention_block as onward on onward.mention_id = tie.mention_id
)
select distinct mention_id from mention_block where block in (select block from reached);

create or replace temp table context_mention as
with recursive answering(mention_id) as (
    select mention_id from core_mention
    union all
    select responds_to from base.mention
    where known_to is null and responds_to is not null and mention_id in (select mention_id from core_mention)
    union all
    select mention_id from base.mention
    where known_to is null and responds_to in (select mention_id from core_mention)
),
reached(block) as (
    select distinct block from mention_block where mention_id in (select mention_id from answering)
    union
    select onward.block
    from reached
    join mention_block as tie on tie.block = reached.block and tie.joint
    join mention_block as onward on onward.mention_id = tie.mention_id
)
select distinct mention_id from mention_block where block in (select block from reached);

-- What touches nothing in the core now may still have stood on a mention that was closed.
insert into core_mention
select mention_id from touched_mention where mention_id not in (select mention_id from core_mention);
