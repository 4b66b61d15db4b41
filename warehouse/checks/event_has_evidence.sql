-- An event on the timeline without a word of evidence.
select event_id, title from timeline anti join evidence using (event_id);
