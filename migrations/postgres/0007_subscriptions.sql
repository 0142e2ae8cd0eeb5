-- Durable subscriptions: groups of consumers that share the work on a stream of events, and the places of projectors.

-- A group is changed as a whole, by whoever was first: a change is written only at the revision at which the group was read.
create table subscriptions (
    name     text   collate "C" primary key,
    revision bigint not null,  -- grows with every change; begins at the time of creation, so that a new group is never taken for an old one
    state    json   not null   -- settings, cursor, who is connected
) with (fillfactor = 50);

-- Events that a group has taken from the log and not settled. The events themselves stay in the log.
create table deliveries (
    subscription text    collate "C" not null,
    id           bigint  not null,
    position     bigint  not null,
    parked       boolean not null,
    order_key    text    collate "C",  -- what keeps it in order
    delivery     json    not null,
    primary key (subscription, id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

create index deliveries_parked on deliveries (subscription, id) where parked;

-- Where projectors stand, written with what they append.
create table projectors (
    name     text   collate "C" primary key,
    position bigint not null
) with (fillfactor = 50);
