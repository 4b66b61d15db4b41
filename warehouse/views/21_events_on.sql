-- Purpose: all that touches one item. Grain: one row per event.
-- Parameter: item, a value of the list of items such as 'gallium'. Events on all_goods touch every item and are included.
create or replace macro events_on(item) as table
select * from timeline
where list_contains(items, item) or list_contains(items, 'all_goods')
order by event_date desc nulls last, event_id;

comment on macro table events_on is 'events_on(item): events that name the item or all_goods, with the columns of timeline';
