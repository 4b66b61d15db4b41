-- Purpose: count what was not loaded. Grain: one row per stage, reason and address.
-- Variables: learned_at, the time of this load; run_id, the run that met it: one run counts once, however often it repeats itself.
merge into base.rejection
using incoming_rejection as incoming
on rejection.stage = incoming.stage and rejection.reason = incoming.reason and rejection.url = incoming.url
when matched and rejection.run_id <> getvariable('run_id') then update set
    detail = incoming.detail, run_id = getvariable('run_id'), last_seen_at = getvariable('learned_at'), count = rejection.count + 1
when not matched then insert values (
    incoming.stage, incoming.reason, incoming.url, incoming.detail, getvariable('run_id'),
    getvariable('learned_at'), getvariable('learned_at'), 1
);
