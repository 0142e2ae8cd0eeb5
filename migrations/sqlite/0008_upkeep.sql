-- What running a server needs to remember: how often a message in quarantine was tried, who did what, and which nodes there are.

alter table quarantine add column attempts integer not null default 1;

-- Calls that change how the server runs, and those of them that were refused. Read from the newest on; there are few.
create table audit (
    id        integer primary key autoincrement,
    at        integer not null,
    principal text    not null,
    method    text    not null,  -- full name of the call
    subject   text    not null,  -- what it was about
    refused   text,              -- the contract's word for why it was refused; null when it was not
    peer      text    not null,
    node_id   blob    not null check (length(node_id) = 16)
) strict;

-- First answers to calls that write no events, so that a repeat gets the same. Dropped after a while, like those in `request_results`.
create table kept_answers (
    request_id  blob    primary key check (length(request_id) = 16),
    digest      blob    not null check (length(digest) = 32),  -- of the request
    answer      blob    not null,
    recorded_at integer not null
) strict, without rowid;

create index kept_answers_by_time on kept_answers (recorded_at);

-- The nodes that share the store, each with its last sign of life.
create table nodes (
    node_id      blob    primary key check (length(node_id) = 16),
    version      text    not null,
    started_at   integer not null,
    last_seen_at integer not null,
    ingests      integer not null,
    tail         integer not null
) strict, without rowid;
