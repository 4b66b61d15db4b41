-- Purpose: which addresses are worth fetching. Grain: one row per given address that is neither an article nor was found useless, in the given order.
-- Parameter: urls, a list of canonical addresses. A feed's own rejection says nothing of the articles in it.
with given as (
    select url, min(place) as place
    from (select unnest($urls::varchar[]) as url, generate_subscripts($urls::varchar[], 1) as place)
    group by url
)
select given.url
from given
anti join base.article using (url)
anti join (select url from base.rejection where stage <> 'feed') as rejected using (url)
order by given.place;
