-- A mention that several events stand on.
select mention_id, list(event_id) as event_ids
from (select event_id, unnest(mention_ids) as mention_id from base.event_assertion where known_to is null)
group by mention_id
having count(*) > 1;
