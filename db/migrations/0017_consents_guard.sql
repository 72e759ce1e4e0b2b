-- Who asked for a host's consent and what the host said, and what reviewers disclosed, is only ever added to.
create trigger host_consent_steps_never_changed before update or delete on host_consent_steps
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger host_consent_steps_never_emptied before truncate on host_consent_steps
  for each statement execute function forge_never_changed();
--> statement-breakpoint
create trigger review_interests_never_changed before update or delete on review_interests
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger review_interests_never_emptied before truncate on review_interests
  for each statement execute function forge_never_changed();
