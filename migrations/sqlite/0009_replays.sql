-- Replays: ranges of the log that are delivered once more. Kept beside the log: what they deliver is recorded already.

create table replays (
    replay_id blob    primary key check (length(replay_id) = 16),  -- later ones are greater
    version   integer not null,  -- rises by one with each change
    runs      integer not null,  -- 1 while a node has to deliver it; not while it waits for a stream
    replay    text    not null   -- JSON: what, where to, how far, by whom
) strict, without rowid;

create index replays_that_run on replays (replay_id) where runs = 1;

-- Answers to the requests that changed them, for repeats.
create table replay_requests (
    request_id  blob    primary key check (length(request_id) = 16),
    digest      blob    not null check (length(digest) = 32),  -- what was asked, to tell a repeat from a reuse of the id
    replay      text    not null,                              -- JSON, as it was then
    answered_at integer not null                               -- by SQLite's clock
) strict, without rowid;

create index replay_requests_by_age on replay_requests (answered_at);
