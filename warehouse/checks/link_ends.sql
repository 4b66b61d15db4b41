-- A link of an event to itself, or to or from an event that no longer stands.
select from_event, to_event, kind
from base.event_link_assertion
where known_to is null
  and (
    from_event = to_event
    or from_event not in (select event_id from timeline)
    or to_event not in (select event_id from timeline)
  );
