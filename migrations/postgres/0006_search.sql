-- What a search for workflows looks into: the project's name and the description, in lower case. The program writes it, so that every store
-- compares the same letters. Rows of before are filled in as well as SQL can, but for the few whose text it cannot read.
alter table workflow_states add column search text collate "C" not null default '';

update workflow_states set search = lower(coalesce(project_name, '') || ' ' || coalesce(state ->> 'description', ''))
    where strpos(state::text, '\u0000') = 0;
