-- An event that stands on the timeline twice at the same time.
select earlier.event_id, earlier.known_from, later.known_from as also_from
from base.event_assertion as earlier
join base.event_assertion as later
    on later.event_id = earlier.event_id and later.rowid <> earlier.rowid
    and later.known_from >= earlier.known_from and (earlier.known_to is null or later.known_from < earlier.known_to);
