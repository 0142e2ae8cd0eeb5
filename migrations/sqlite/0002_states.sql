-- What is derived from the log, written in the same transaction as the events that moved it. All of it can be rebuilt from the
-- log, except the answers to requests.

-- What is known of a session: the first workflow and the first agent that its events named. Set once, never changed.
create table sessions (
    session_id  text primary key,
    workflow_id text,
    agent       text
) strict, without rowid;

-- Workflows as their events tell them. `state` is the whole of it; the columns beside it are for lists, and copied from it.
create table workflow_states (
    workflow_id      text    not null primary key,
    project_name     text,
    current_phase    text,
    current_agent    text,
    status           text    not null,  -- running, completed, failed, cancelled
    started_at       integer not null,  -- the producer's clock, rounded down to the microsecond
    started_at_nanos integer not null,
    updated_at       integer not null,  -- when its last event was recorded
    version          integer not null,  -- how many events it consists of
    state            text    not null   -- JSON
) strict;

-- Lists run from the last updated on. Phase, agent and status have so few values that an index of their own would not pay.
create index workflow_states_by_update  on workflow_states (updated_at desc, workflow_id);
create index workflow_states_by_project on workflow_states (project_name, updated_at desc, workflow_id)
    where project_name is not null;

-- First answers to requests, so that a repeat gets the same. Forgotten after a while.
create table request_results (
    request_id  blob    primary key check (length(request_id) = 16),
    digest      blob    not null check (length(digest) = 32),  -- what was asked, to tell a repeat from a reuse of the id
    answer      text    not null,                              -- JSON
    recorded_at integer not null
) strict, without rowid;

create index request_results_by_age on request_results (recorded_at);
