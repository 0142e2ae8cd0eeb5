-- Agents that work together: what their events are about, the states of it, and what is kept beside the log.

-- JSON: the handoff, question, collaboration and task that an event is about, as far as known; null when there is none of them.
alter table events add column about text;

-- The states of handoffs, sessions, checkpoints, questions and so on, as their events tell them: everything but workflows, which have a
-- table of their own. Written in the same transaction as the events; all of it can be rebuilt from the log.
create table states (
    kind     text    not null,  -- handoff, session, checkpoint, question …
    id       text    not null,
    rank     text    not null,  -- the place in lists, smallest first; never changes
    due_at   integer,           -- when the passing of time alone next changes something; null for never
    state    text    not null,  -- JSON
    primary key (kind, id)
) strict, without rowid;

-- Lists without a filter.
create index states_by_rank on states (kind, rank, id);

-- What has to be looked at when its time has come.
create index states_by_due on states (due_at) where due_at is not null;

-- Under which labels lists find a state: `workflow:…`, `state:offered`, `to:letta-python-dev`. A list is one range of this key.
create table state_labels (
    kind  text not null,
    label text not null,
    rank  text not null,
    id    text not null,
    primary key (kind, label, rank, id)
) strict, without rowid;

-- When a session or the holder of a handoff was last heard of. Kept in memory first and written from time to time, many at once.
create table signs_of_life (
    kind text    not null,
    id   text    not null,
    at   integer not null,  -- the server's clock
    said text,              -- JSON: what the sign said beside that
    primary key (kind, id)
) strict, without rowid;

-- Instructions that a session has received.
create table acknowledgements (
    instruction_id text    primary key,
    session_id     text    not null,
    at             integer not null
) strict, without rowid;

-- Work that is held out to one session, for a few seconds, to accept or decline.
create table reservations (
    handoff_id text    primary key,
    session_id text    not null,
    until      integer not null
) strict, without rowid;
