-- concurrent
-- Outputs with something odd, in the order of the list; the many others cost it nothing.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "output_flagged_idx" ON "output" ("project_id", "occurred_at", "id") WHERE cardinality("flags") > 0;
