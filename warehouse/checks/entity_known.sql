-- An entity that is named in an article but not in the catalogue, or there twice.
select entity_mention.entity_id, entity_mention.type, count(distinct entity.rowid) as entries
from base.entity_mention
left join base.entity on entity.id = entity_mention.entity_id and entity.type = entity_mention.type
where entity_mention.known_to is null
group by all
having entries <> 1;
