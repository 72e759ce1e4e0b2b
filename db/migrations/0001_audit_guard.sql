-- Nothing is ever updated in place in the audit trail, nor taken out of it; nor in what was submitted or decided.
create function forge_never_changed() returns trigger language plpgsql as $$
begin
  raise exception 'entries of % are never changed', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
--> statement-breakpoint
create trigger audit_entries_never_changed before update or delete on audit_entries
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger audit_entries_never_emptied before truncate on audit_entries
  for each statement execute function forge_never_changed();
--> statement-breakpoint
create trigger proposal_versions_never_changed before update or delete on proposal_versions
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger proposal_moves_never_changed before update or delete on proposal_moves
  for each row execute function forge_never_changed();
