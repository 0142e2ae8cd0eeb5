-- What is derived from the log, written in the same transaction as the events that moved it. All of it can be rebuilt from the
-- log, except the answers to requests.

-- What is known of a session: the first workflow and the first agent that its events named. Set once, never changed.
--
-- The design document's `agent_sessions` has more columns; they come with the sessions' own rules. There is no foreign key to
-- the workflows: sessions and workflows are named by events in any order, and by systems that know nothing of each other.
create table sessions (
    session_id  text collate "C" primary key,
    workflow_id text collate "C",
    agent       text collate "C"
);

-- Workflows as their events tell them. `state` is the whole of it; the columns beside it are for lists, and copied from it.
-- Ids are text, not uuid: workflows that come from the bus name themselves.
create table workflow_states (
    workflow_id      text        collate "C" primary key,
    project_name     text        collate "C",
    current_phase    text        collate "C",
    current_agent    text        collate "C",
    status           text        collate "C" not null,  -- running, completed, failed, cancelled
    started_at       timestamptz not null,  -- the producer's clock, rounded down to the microsecond
    started_at_nanos smallint    not null,  -- the 0 to 999 nanoseconds that `started_at` leaves out
    updated_at       timestamptz not null,  -- when its last event was recorded
    version          bigint      not null,  -- how many events it consists of
    state            json        not null
) with (fillfactor = 70);

-- Lists run from the last updated on. Phase, agent and status have so few values that an index of their own would not pay.
create index workflow_states_by_update  on workflow_states (updated_at desc, workflow_id);
create index workflow_states_by_project on workflow_states (project_name, updated_at desc, workflow_id)
    where project_name is not null;

-- First answers to requests, so that a repeat gets the same. Forgotten after a while.
create table request_results (
    request_id  uuid        primary key,
    digest      bytea       not null,  -- what was asked, to tell a repeat from a reuse of the id
    answer      json        not null,
    recorded_at timestamptz not null
);

create index request_results_by_age on request_results (recorded_at);
