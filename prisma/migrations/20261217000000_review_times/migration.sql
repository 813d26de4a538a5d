-- Pages count who reviewed how much in the last weeks. With all that they count in it the index answers alone, and tens of thousands of
-- rows of the table, wherever they lie, are not read.
CREATE INDEX "review_times_idx" ON "review"("project_id", "reviewer_id", "submitted_at", "output_id", "occasion", "revision", "outcome", "active_ms");

-- DropIndex
DROP INDEX "review_project_id_reviewer_id_submitted_at_idx";
