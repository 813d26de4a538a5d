-- concurrent
-- Held records by the id that they were sent with: a record that is sent again in a better form is found by it.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "output_sent_id_idx" ON "output" ("project_id", "sent_id") WHERE "sent_id" IS NOT NULL;
