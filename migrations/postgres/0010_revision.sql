-- How many commits there were, for a node that decides without holding the lock on the log's row: it writes only when nobody else has written since it
-- looked. The position alone would not tell, since a commit may keep an answer or move a projector without recording an event.
--
-- So whoever writes to the log or to what is derived from it moves this number in the same transaction.
alter table log add column revision bigint not null default 0;
