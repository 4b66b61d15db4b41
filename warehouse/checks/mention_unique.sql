-- A mention that is held twice at the same time.
select mention_id, count(*) as held from base.mention where known_to is null group by mention_id having held > 1;
