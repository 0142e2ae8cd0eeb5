-- What running a server needs to remember: how often a message in quarantine was tried, who did what, and which nodes there are.

alter table quarantine add column attempts integer not null default 1;

-- Calls that change how the server runs, and those of them that were refused. Read from the newest on; there are few.
create table audit (
    id        bigint      generated always as identity primary key,
    at        timestamptz not null,
    principal text        not null,
    method    text        not null,  -- full name of the call
    subject   text        not null,  -- what it was about
    refused   text,                  -- the contract's word for why it was refused; null when it was not
    peer      text        not null,
    node_id   uuid        not null
);

-- First answers to calls that write no events, so that a repeat gets the same. Dropped after a while, like those in `request_results`.
create table kept_answers (
    request_id  uuid        primary key,
    digest      bytea       not null,  -- of the request
    answer      bytea       not null,
    recorded_at timestamptz not null
);

create index kept_answers_by_time on kept_answers (recorded_at);

-- The nodes that share the store, each with its last sign of life.
create table nodes (
    node_id      uuid        primary key,
    version      text        not null,
    started_at   timestamptz not null,
    last_seen_at timestamptz not null,
    ingests      boolean     not null,
    tail         bigint      not null
) with (fillfactor = 50);  -- renewed every few seconds
