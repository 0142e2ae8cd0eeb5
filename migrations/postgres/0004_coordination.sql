-- Agents that work together: what their events are about, the states of it, and what is kept beside the log.

-- The handoff, question, collaboration and task that an event is about, as far as known; null when there is none of them.
alter table events add column about json;

-- The states of handoffs, sessions, checkpoints, questions and so on, as their events tell them: everything but workflows, which have a
-- table of their own. Written in the same transaction as the events; all of it can be rebuilt from the log. The design document's
-- `agent_sessions` is a view below: its columns are members of the state.
create table states (
    kind     text        collate "C" not null,  -- handoff, session, checkpoint, question …
    id       text        collate "C" not null,
    rank     text        collate "C" not null,  -- the place in lists, smallest first; never changes
    due_at   timestamptz,                       -- when the passing of time alone next changes something; null for never
    state    json        not null,
    primary key (kind, id)
) with (fillfactor = 70);

-- Lists without a filter.
create index states_by_rank on states (kind, rank, id);

-- What has to be looked at when its time has come.
create index states_by_due on states (due_at) where due_at is not null;

-- Under which labels lists find a state: `workflow:…`, `state:offered`, `to:letta-python-dev`. A list is one range of this key.
create table state_labels (
    kind  text collate "C" not null,
    label text collate "C" not null,
    rank  text collate "C" not null,
    id    text collate "C" not null,
    primary key (kind, label, rank, id)
);

-- When a session or the holder of a handoff was last heard of. Kept in memory first and written from time to time, many at once.
create table signs_of_life (
    kind text        collate "C" not null,
    id   text        collate "C" not null,
    at   timestamptz not null,  -- the server's clock
    said json,                  -- what the sign said beside that
    primary key (kind, id)
) with (fillfactor = 50);

-- Instructions that a session has received.
create table acknowledgements (
    instruction_id text        collate "C" primary key,
    session_id     text        collate "C" not null,
    at             timestamptz not null
);

-- Work that is held out to one session, for a few seconds, to accept or decline.
create unlogged table reservations (
    handoff_id text        collate "C" primary key,
    session_id text        collate "C" not null,
    until      timestamptz not null
);

-- The design document's tables, for those who look into the database.
create view workflow_state as
    select workflow_id, project_name, current_phase, current_agent, started_at, updated_at,
           (state ->> 'completed_at')::timestamptz as completed_at, state -> 'metadata' as metadata,
           state -> 'correlation_ids' as correlation_ids
    from workflow_states;

create view agent_sessions as
    select id as session_id, state ->> 'agent_type' as agent_type, state ->> 'agent_instance_id' as agent_instance_id,
           state ->> 'checkpoint_id' as checkpoint_id, state ->> 'workflow_id' as workflow_id,
           (state ->> 'started_at')::timestamptz as started_at, (state ->> 'last_active_at')::timestamptz as last_active_at,
           (state ->> 'completed_at')::timestamptz as completed_at, state ->> 'status' as status, state -> 'metadata' as metadata
    from states where kind = 'session';
