-- What texts link to is read by the projection, as of new ones: every text that was read before this is read once more.
UPDATE "channels" SET "projected" = 0 WHERE "kind" = 'document' AND "head" > 0;
