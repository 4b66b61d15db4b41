-- What is remembered of sources between runs. Times are UTC, ISO 8601 to the second, so that they sort as text.
CREATE TABLE IF NOT EXISTS feed ( -- one row a feed that was ever asked
    id TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    full_get_at TEXT, -- when the whole feed last came, rather than "not modified"
    last_success_at TEXT,
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    next_poll_at TEXT
);
CREATE TABLE IF NOT EXISTS robots ( -- one row a server
    origin TEXT PRIMARY KEY,
    content TEXT NOT NULL, -- empty: everything is allowed
    fetched_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS pending ( -- one row an entry that waits for another try
    url TEXT PRIMARY KEY,
    feed_id TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    published_at TEXT,
    updated_at TEXT,
    attempts INTEGER NOT NULL,
    next_try_at TEXT NOT NULL,
    reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS seen ( -- one row an entry that is loaded, or rejected for good
    url TEXT PRIMARY KEY,
    article_url TEXT NOT NULL, -- the page's canonical address, which the warehouse knows it by
    version TEXT NOT NULL, -- what the feed said of it then: another title or date is a reason to look again
    told_at TEXT -- the latest date that the feed gave it then: an answer with an older one comes from a stale cache
);
