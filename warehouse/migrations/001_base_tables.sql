-- The base tables: what was read, when we learned it, and what it was taken to mean.
-- Grain: stated above each table. Times are UTC. known_from is when a row was learned, known_to when it ceased to hold (null: it holds).
-- No keys or indexes on purpose: there is one writer, it merges by id, and checks/ hold what keys would. Keys double the file and block later changes.

-- One row per run of a command.
create table base.run (
    run_id varchar not null,
    command varchar not null,
    source_set_version varchar not null,
    started_at timestamp not null,
    finished_at timestamp,
    status varchar not null check (status in ('running', 'done', 'partial', 'failed', 'interrupted'))
);

-- One row per committed load that changed something; written in the load's own transaction, so that it is the proof of it.
create table base.load (
    run_id varchar not null,
    learned_at timestamp not null,
    articles_new integer not null,
    articles_revised integer not null,
    mentions_new integer not null,
    mentions_closed integer not null,
    events_new integer not null,
    events_changed integer not null,
    events_closed integer not null,
    entity_mentions integer not null,
    event_links integer not null,
    rejections integer not null
);

-- One row per kept page and the article that was read from it.
create table base.page (
    sha256 varchar not null,
    article_id varchar not null,
    url varchar not null,
    fetched_at timestamp not null
);

-- One row per article, that is per canonical address.
create table base.article (
    article_id varchar not null,
    url varchar not null,
    first_seen_at timestamp not null
);

-- One row per version of an article and the time it was the current one.
create table base.article_version (
    article_id varchar not null,
    content_hash varchar not null,
    title varchar not null,
    text varchar not null,
    language varchar not null,
    published_at timestamp,
    updated_at timestamp,
    fetched_at timestamp not null,
    page_sha256 varchar,
    publisher varchar not null,
    owner varchar not null,
    country varchar,
    official boolean not null,
    known_from timestamp not null,
    known_to timestamp
);

-- One row per mention and the time it was held. The id covers article, text version, instrument, status, issuers and evidence.
create table base.mention (
    mention_id varchar not null,
    article_id varchar not null,
    content_hash varchar not null,
    position integer not null,
    instrument varchar not null,
    status varchar not null,
    salience varchar not null check (salience in ('main', 'background')),
    issuers varchar[] not null,
    targets varchar[] not null,
    issuer_bodies varchar[] not null,
    firms varchar[] not null,
    items varchar[] not null,
    date varchar,
    effective varchar,
    rate_pct double,
    legal_documents varchar[] not null,
    responds_to varchar,
    reader varchar not null,
    known_from timestamp not null,
    known_to timestamp
);

-- One row per mention and stretch of text that carries one of its fields; follows from the mention's id, so it never changes.
create table base.mention_evidence (
    mention_id varchar not null,
    field varchar not null,
    quote varchar not null,
    quote_start integer not null,
    quote_end integer not null
);

-- One row per entity of the catalogue; the catalogue is ours, so it has no history.
create table base.entity (
    id varchar not null,
    type varchar not null,
    name varchar not null,
    aliases varchar[] not null,
    identifiers map(varchar, varchar) not null
);

-- One row per place in an article where an entity is named, and the time that reading was held.
create table base.entity_mention (
    article_id varchar not null,
    content_hash varchar not null,
    entity_id varchar not null,
    type varchar not null,
    quote varchar not null,
    quote_start integer not null,
    quote_end integer not null,
    reader varchar not null,
    known_from timestamp not null,
    known_to timestamp
);

-- One row per event and the time it stood like this on the timeline.
create table base.event_assertion (
    event_id varchar not null,
    measure_id varchar not null,
    event_date date,
    event_date_precision varchar,
    effective_date date,
    effective_date_precision varchar,
    instrument varchar not null,
    status varchar not null,
    issuers varchar[] not null,
    targets varchar[] not null,
    issuer_bodies varchar[] not null,
    firms varchar[] not null,
    items varchar[] not null,
    hs_codes varchar[] not null,
    rate_pct double,
    legal_documents varchar[] not null,
    title varchar not null,
    article_count integer not null,
    owner_count integer not null,
    languages varchar[] not null,
    official_source boolean not null,
    confidence double not null,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    mention_ids varchar[] not null,
    known_from timestamp not null,
    known_to timestamp
);

-- One row per link between two events and the time it was held.
create table base.event_link_assertion (
    from_event varchar not null,
    to_event varchar not null,
    kind varchar not null,
    mention_id varchar not null,
    quote varchar not null,
    known_from timestamp not null,
    known_to timestamp
);

-- One row per stage, reason and address; count is the number of runs that met it.
create table base.rejection (
    stage varchar not null,
    reason varchar not null,
    url varchar not null,
    detail varchar not null,
    run_id varchar not null,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    count integer not null
);
