-- What readers keep beside the log.

-- Messages from the bus that could not become events, whole.
create table quarantine (
    id                integer primary key autoincrement,  -- never used twice, also after the last one was taken out
    received_at       integer not null,
    received_at_nanos integer not null,
    reason            text    not null,  -- malformed, no_event_type, too_large, id_conflict, unstorable
    detail            text    not null,  -- what exactly is wrong
    exchange          text    not null,
    routing_key       text    not null,
    properties        text    not null,  -- JSON
    body              blob    not null
) strict;

-- Who may do a thing of which only one may be done at a time, such as to relay the log to the bus. Time is SQLite's own, in
-- milliseconds since 1970.
create table leases (
    name       text    primary key,
    holder     blob,              -- null after it was given up
    token      integer not null,  -- rises with every new holder, so late work of an earlier one is known
    expires_at integer not null
) strict, without rowid;

-- How far each named reader of the log has come. Moves only under the token of the lease of the same name.
create table cursors (
    name     text    primary key,
    position integer not null
) strict, without rowid;
