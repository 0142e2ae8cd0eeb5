-- Snapshots of agents' states: cut into chunks, each kept once under its digest.

create table chunks (
    digest blob primary key check (length(digest) = 32),  -- SHA-256
    data   blob not null
) strict;

-- A snapshot is kept as long as a checkpoint names it (the label `snapshot:…` of its state).
create table snapshots (
    digest       blob    primary key check (length(digest) = 32),  -- SHA-256 of the whole
    size         integer not null,
    media_type   text    not null,
    stored_bytes integer not null,  -- without the chunks that were there already
    kept_at      integer not null
) strict, without rowid;

create table snapshot_chunks (
    snapshot blob    not null,
    place    integer not null,  -- from 0
    chunk    blob    not null,
    size     integer not null,
    primary key (snapshot, place)
) strict, without rowid;

create index snapshot_chunks_by_chunk on snapshot_chunks (chunk);

-- Snapshots that are on their way. One that nothing is sent for is given up after an hour.
create table uploads (
    upload_id    text    primary key,
    session_id   text    not null,
    digest       blob    not null,
    size         integer not null,
    media_type   text    not null,
    stored_bytes integer not null,  -- of the chunks that were sent so far
    touched_at   integer not null
) strict, without rowid;

create table upload_chunks (
    upload_id text    not null,
    place     integer not null,  -- from 0
    chunk     blob    not null,
    size      integer not null,
    primary key (upload_id, place)
) strict, without rowid;

create index upload_chunks_by_chunk on upload_chunks (chunk);
