-- Durable subscriptions: groups of consumers that share the work on a stream of events, and the places of projectors.

-- A group is changed as a whole, by whoever was first: a change is written only at the revision at which the group was read.
create table subscriptions (
    name     text    primary key,
    revision integer not null,  -- grows with every change; begins at the time of creation, so that a new group is never taken for an old one
    state    text    not null   -- JSON: settings, cursor, who is connected
) strict, without rowid;

-- Events that a group has taken from the log and not settled. The events themselves stay in the log.
create table deliveries (
    subscription text    not null,
    id           integer not null,
    position     integer not null,
    parked       integer not null,
    order_key    text,              -- what keeps it in order
    delivery     text    not null,  -- JSON
    primary key (subscription, id)
) strict, without rowid;

create index deliveries_parked on deliveries (subscription, id) where parked;

-- Where projectors stand, written with what they append.
create table projectors (
    name     text    primary key,
    position integer not null
) strict, without rowid;
