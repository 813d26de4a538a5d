-- concurrent
-- The copies that an output stands for.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "output_copy_of_idx" ON "output" ("project_id", "copy_of") WHERE "copy_of" IS NOT NULL;
