-- Purpose: who and what is named. Grain: one row per entity of the catalogue or of any article.
create or replace view entity as
with named as (
    select entity_id as id, type, list(distinct quote) as forms, count(distinct article_id) as article_count
    from base.entity_mention where known_to is null group by all
)
select
    entity.id, entity.type, entity.name, list_sort(list_distinct(list_concat(entity.aliases, coalesce(named.forms, [])))) as aliases,
    entity.identifiers, coalesce(named.article_count, 0) as article_count
from base.entity
left join named on named.id = entity.id and named.type = entity.type
order by entity.type, entity.id;

comment on view entity is 'One row per named thing: governments, agencies, people, companies, products, materials, laws, organisations, places';
comment on column entity.id is 'ISO code for a government, the usual English name for all others; unique together with type';
comment on column entity.type is 'government, agency, person, company, product, material, law, organisation or place';
comment on column entity.name is 'English name';
comment on column entity.aliases is 'Other names: those of the catalogue and those met in articles';
comment on column entity.identifiers is 'Map from scheme to code, such as lei';
comment on column entity.article_count is 'Articles that name it now';
