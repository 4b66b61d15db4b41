-- Purpose: enter entities in the catalogue or bring them up to date. Grain: incoming_entity, one row per id and type.
merge into base.entity
using incoming_entity as incoming
on entity.id = incoming.id and entity.type = incoming.type
when matched and row(entity.name, entity.aliases, entity.identifiers) is distinct from row(incoming.name, incoming.aliases, incoming.identifiers)
    then update set name = incoming.name, aliases = incoming.aliases, identifiers = incoming.identifiers
when not matched then insert by name;
