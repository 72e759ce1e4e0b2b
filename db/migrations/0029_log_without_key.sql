-- The key looked the channel of each entry up again, which took as long as storing it. Whoever stores entries holds the
-- channel's row; that the row stays is said here instead.
ALTER TABLE "channel_entries" DROP CONSTRAINT "channel_entries_channel_id_channels_id_fk";--> statement-breakpoint
CREATE TRIGGER "channels_never_go" BEFORE DELETE OR UPDATE OF "id" ON "channels"
  FOR EACH ROW EXECUTE FUNCTION forge_never_changed();--> statement-breakpoint
CREATE TRIGGER "channels_never_emptied" BEFORE TRUNCATE ON "channels"
  FOR EACH STATEMENT EXECUTE FUNCTION forge_never_changed();
