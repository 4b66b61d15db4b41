-- Purpose: which events name which legal document. Grain: one row per document and event.
create or replace view legal_document as
select
    unnest(legal_documents) as document, event_id, measure_id, event_date, instrument, status, issuers, targets, title
from timeline
order by document, event_date, event_id;

comment on view legal_document is 'One row per legal document and event that names it';
comment on column legal_document.document is 'Normalised key, such as US EO 13873';
comment on column legal_document.event_id is 'The event that names it';
comment on column legal_document.measure_id is 'Its measure';
comment on column legal_document.event_date is 'Date of the event; see timeline';
comment on column legal_document.instrument is 'Kind of policy instrument';
comment on column legal_document.status is 'Stage of the event';
comment on column legal_document.issuers is 'Who acts';
comment on column legal_document.targets is 'Against whom';
comment on column legal_document.title is 'Title of the event';
