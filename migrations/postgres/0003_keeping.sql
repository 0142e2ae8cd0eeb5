-- What nodes and readers keep beside the log. None of it takes the log's lock.

-- Messages from the bus that could not become events, whole. `message` holds exchange, routing key, properties and the exact
-- complaint as JSON, since AMQP lets all of them contain characters that no text column can hold.
create table quarantine (
    id          bigint      generated always as identity primary key,
    received_at timestamptz not null,
    received_at_nanos smallint not null,  -- the 0 to 999 nanoseconds that `received_at` leaves out
    reason      text        not null,     -- malformed, no_event_type, too_large, id_conflict
    message     json        not null,
    body        bytea       not null
);

-- Who may do a thing of which only one may be done at a time, such as to relay the log to the bus. Time is this server's own.
create table leases (
    name       text        collate "C" primary key,
    holder     uuid,                 -- null after it was given up
    token      bigint      not null, -- rises with every new holder, so late work of an earlier one is known
    expires_at timestamptz not null
) with (fillfactor = 50);  -- renewed every few seconds

-- How far each named reader of the log has come. Moves only under the token of the lease of the same name.
create table cursors (
    name     text   collate "C" primary key,
    position bigint not null
) with (fillfactor = 50);
