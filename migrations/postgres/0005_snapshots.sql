-- Snapshots of agents' states: cut into chunks, each kept once under its digest.

create table chunks (
    digest bytea primary key,  -- SHA-256
    data   bytea not null
);

-- What was compressed before it came does not get smaller: no time is spent on trying.
alter table chunks alter column data set storage external;

-- A snapshot is kept as long as a checkpoint names it (the label `snapshot:…` of its state).
create table snapshots (
    digest       bytea       primary key,  -- SHA-256 of the whole
    size         bigint      not null,
    media_type   text        not null,
    stored_bytes bigint      not null,  -- without the chunks that were there already
    kept_at      timestamptz not null
);

create table snapshot_chunks (
    snapshot bytea   not null,
    place    integer not null,  -- from 0
    chunk    bytea   not null,
    size     integer not null,
    primary key (snapshot, place)
);

create index snapshot_chunks_by_chunk on snapshot_chunks (chunk);

-- Snapshots that are on their way. One that nothing is sent for is given up after an hour.
create table uploads (
    upload_id    text        collate "C" primary key,
    session_id   text        collate "C" not null,
    digest       bytea       not null,
    size         bigint      not null,
    media_type   text        not null,
    stored_bytes bigint      not null,  -- of the chunks that were sent so far
    touched_at   timestamptz not null
);

create table upload_chunks (
    upload_id text    collate "C" not null,
    place     integer not null,  -- from 0
    chunk     bytea   not null,
    size      integer not null,
    primary key (upload_id, place)
);

create index upload_chunks_by_chunk on upload_chunks (chunk);
