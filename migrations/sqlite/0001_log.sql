-- The log: events in one order without gaps, their identities, their causes.
--
-- The tables are those of the PostgreSQL store. What is written differently here, and why:
--
-- * Ids and digests are blobs. Times are whole microseconds since 1970; a `_nanos` column beside one holds the 0 to 999
--   nanoseconds that it leaves out.
-- * JSON is text, not SQLite's `jsonb`: what a producer sent comes back byte for byte.
-- * An index need not name the position: it is the row's own number, and every index ends with that.
-- * Texts compare byte by byte without being told to.

-- Marks the file as god33's, `g33s`, so that no other program's database is ever taken for one.
pragma application_id = 1731408755;

-- One row: which log this is and where it ends.
--
-- Whoever writes holds SQLite's write lock (`begin immediate`) from before it reads this row until commit. That makes one writer
-- at a time over all processes, positions without gaps, and their order the order of commit.
create table log (
    only_row    integer primary key check (only_row = 1),
    store_id    blob    not null check (length(store_id) = 16),  -- names the log for ever
    position    integer not null,                                -- of the newest event; 0 for an empty log
    recorded_at integer not null                                 -- of the newest event; 0 for an empty log
) strict;

-- The events. What is small and searched for stands first: SQLite reads a row from its front, and a long row goes on on pages of
-- its own that are left alone when nobody asks for what is there.
create table events (
    position        integer primary key,  -- 1, 2, 3 … in order of commit, without gaps
    recorded_at     integer not null,     -- the server's clock; never decreases with position
    event_id        blob    not null check (length(event_id) = 16),
    event_type      text    not null,
    workflow_id     text,                 -- where it belongs, as far as known: by what it says, its session or its causes
    session_id      text,
    agent           text,
    timestamp       integer not null,     -- the producer's clock, rounded down to the microsecond
    timestamp_nanos integer not null,
    source_app      text,                 -- source.app, where it is a readable text
    chain_id        text,                 -- an id that a whole chain of events shares; not an event
    causation_id    blob,                 -- the one direct cause, where the producer named one
    correlation_ids blob    not null,     -- the causes as the producer listed them, 16 bytes each; walks use the table `causes`
    digest          blob    not null check (length(digest) = 32),  -- SHA-256 of what was sent
    principal       text    not null,     -- who sent it, as the server authenticated them
    version         text    not null,     -- of the payload's schema
    traceparent     text,                 -- W3C trace context
    custom          integer not null,     -- the sender chose free JSON although the type has a declared shape
    source          text    not null,     -- JSON: host, type, app, meta …
    agent_context   text,                 -- JSON
    extensions      text,                 -- JSON: members of the sender's envelope that no column holds
    payload         text    not null,     -- JSON
    bus             text,                 -- JSON: how it travelled, when it came from RabbitMQ
    original        blob                  -- the body of the message that it came in, when it came from RabbitMQ
) strict;

-- Every list is ordered by position, so a page is one range of one index. Each index is paid for with every event that has the
-- column, so rows without it are left out.
create index events_by_workflow on events (workflow_id) where workflow_id is not null;
create index events_by_session  on events (session_id)  where session_id is not null;
create index events_by_agent    on events (agent)       where agent is not null;
create index events_by_type     on events (event_type);
create index events_by_source   on events (source_app)  where source_app is not null;

-- A chain is asked for by an event's id, so only chain ids that are written like one are found: 36 characters.
create index events_by_chain    on events (chain_id)    where length(chain_id) = 36;

-- There is no index on recorded_at. Positions have no gaps and time never decreases with them, so a point in time is found by
-- halving over the primary key; filters by time then are ranges of positions.

-- What every event that was ever recorded amounts to. Never deleted: an id stays taken for ever. It also leads from an id to
-- the position.
create table identities (
    event_id    blob    primary key check (length(event_id) = 16),
    position    integer not null,
    recorded_at integer not null,
    digest      blob    not null check (length(digest) = 32)
) strict, without rowid;

-- Who names whom as cause: one row for each parent that an event names.
create table causes (
    child_position  integer not null,  -- the event that was caused
    ordinal         integer not null,  -- the place of this parent among its parents, from 0
    child_id        blob    not null,
    parent_id       blob    not null,  -- the cause, recorded or not
    parent_position integer,           -- where the cause stands; null until it is recorded
    primary key (child_position, ordinal)
) strict, without rowid;

-- From a cause to what came of it, in order, without a look at the table.
create index causes_by_parent on causes (parent_id, child_position, ordinal, child_id, parent_position);

-- The edges that still wait for their parent. Small: rows leave it when the parent arrives. Asked with every commit.
create index causes_waiting on causes (parent_id) where parent_position is null;

-- Every event type that was ever recorded. Patterns are matched against this list, and the events then chosen by exact types.
create table event_types (
    event_type     text    primary key,
    first_position integer not null
) strict, without rowid;
