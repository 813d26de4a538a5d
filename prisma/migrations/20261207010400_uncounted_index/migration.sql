-- concurrent
-- What nobody has looked at yet.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "quarantine_uncounted_idx" ON "quarantine" ("project_id", "id") WHERE "counted_as" IS NULL AND "kind" = 'output';
