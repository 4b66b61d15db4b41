-- Purpose: what one party does to another. Grain: one row per event.
-- Parameters: issuer, target, codes such as 'US' and 'CN'. Included are actions against everyone, and talks or deals that both are parties to.
-- BETWEEN is a word of SQL: call it as "between"('US', 'CN') or main.between('US', 'CN').
create or replace macro "between"(issuer, target) as table
select * from timeline
where list_contains(issuers, issuer)
  and (list_contains(targets, target) or list_contains(targets, '*') or list_contains(issuers, target))
order by event_date desc nulls last, event_id;

comment on macro table "between" is '"between"(issuer, target), with the quotes, or main.between(issuer, target): events by issuer against target, against all, or shared by both; columns as in timeline';
