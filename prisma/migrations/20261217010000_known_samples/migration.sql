-- How often outputs are wrong is read off the newest samples that people judged, and known items are made of those that a third person
-- or the truth decided: both without looking through all samples.
CREATE INDEX "sample_judged_idx" ON "sample" ("project_id", "settled_at") WHERE "state" = 'SETTLED' AND "settled_by" <> 'truth';
CREATE INDEX "sample_known_idx" ON "sample" ("project_id", "settled_by") WHERE "state" = 'SETTLED' AND "settled_by" IN ('adjudication', 'truth');
