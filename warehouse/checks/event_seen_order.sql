-- An event last seen before it was first seen, or known before it was seen.
select event_id, first_seen_at, last_seen_at, known_from
from base.event_assertion
where last_seen_at < first_seen_at or known_from < last_seen_at;
