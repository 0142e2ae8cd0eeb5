-- Replays: ranges of the log that are delivered once more. Kept beside the log: what they deliver is recorded already.

create table replays (
    replay_id uuid    primary key,  -- later ones are greater
    version   bigint  not null,     -- rises by one with each change
    runs      boolean not null,     -- while a node has to deliver it; not while it waits for a stream
    replay    json    not null      -- what, where to, how far, by whom
);

create index replays_that_run on replays (replay_id) where runs;

-- Answers to the requests that changed them, for repeats.
create table replay_requests (
    request_id  uuid        primary key,
    digest      bytea       not null,  -- what was asked, to tell a repeat from a reuse of the id
    replay      json        not null,  -- as it was then
    answered_at timestamptz not null   -- by the database's clock
);

create index replay_requests_by_age on replay_requests (answered_at);
