-- What was handed in, broken or decided is never changed, nor taken away.
create trigger review_sheets_never_changed before update or delete on review_sheets
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger silence_breaks_never_changed before update or delete on silence_breaks
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger silence_entitled_never_changed before update or delete on silence_entitled
  for each row execute function forge_never_changed();
--> statement-breakpoint
create trigger decisions_never_changed before update or delete on decisions
  for each row execute function forge_never_changed();
