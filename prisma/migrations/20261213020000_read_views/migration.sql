-- Views for other programs: stable names, without inputs, outputs, answers, comments and names of people. Whoever is granted this schema
-- and nothing else reads what is here and nothing else. Columns may be added; none is renamed or removed within a major version.
CREATE SCHEMA "assay_read";

CREATE VIEW "assay_read"."projects" AS
SELECT id AS project_id, slug AS project, name, time_zone, is_demo, created_at FROM project;

CREATE VIEW "assay_read"."outputs" AS
SELECT project_id, id AS output_id, COALESCE(sent_id, external_id) AS external_id, source_id, lower(phase::text) AS phase, occurred_at, day,
  received_at, model_name, model_version, segments, confidence, flags, contract_version, epoch_id, stratum_id, source_probability, copies
FROM output;

CREATE VIEW "assay_read"."samples" AS
SELECT s.project_id, s.output_id, o.day, lower(o.phase::text) AS phase, s.epoch_id, s.stratum_id, lower(s.state::text) AS state,
  lower(s.verdict::text) AS verdict, s.score, s.settled_by, s.settled_at, counted.counted,
  CASE WHEN counted.counted THEN LEAST(1, (1 + o.copies) * opened.effective_rate) * o.source_probability END AS inclusion_probability,
  CASE WHEN counted.counted THEN (1 + o.copies) / (LEAST(1, (1 + o.copies) * opened.effective_rate) * o.source_probability) END AS design_weight
FROM sample s
JOIN output o ON o.project_id = s.project_id AND o.id = s.output_id
JOIN stratum_epoch opened ON opened.project_id = s.project_id AND opened.epoch_id = s.epoch_id AND opened.stratum_id = s.stratum_id
CROSS JOIN LATERAL (SELECT s.state = 'SETTLED' AND s.random_number < opened.effective_rate AS counted) counted;

CREATE VIEW "assay_read"."reviews" AS
SELECT newest.project_id, newest.id AS review_id, newest.output_id, newest.occasion, slot.look, newest.reviewer_id, newest.revision,
  lower(newest.outcome::text) AS outcome, lower(newest.verdict::text) AS verdict, newest.score, newest.error_tags, newest.severity, newest.mode,
  newest.submitted_at
FROM review newest
JOIN review_slot slot ON slot.project_id = newest.project_id AND slot.id = newest.slot_id
WHERE newest."primary" AND NOT EXISTS (
  SELECT 1 FROM review later WHERE later.project_id = newest.project_id AND later.output_id = newest.output_id
    AND later.occasion = newest.occasion AND later.reviewer_id = newest.reviewer_id AND later.revision > newest.revision);

CREATE VIEW "assay_read"."daily_cells" AS
SELECT project_id, period_start AS day, lower(phase::text) AS phase, attribute, value, stratum_id, observations, outputs, sum_weight,
  sum_weight2, sum_weight_score, sum_weight2_score, sum_weight2_score2, max_weight, unsure_outputs, unsure_weight, population,
  unaudited_population
FROM estimate_cell WHERE period_kind = 'DAY';

CREATE VIEW "assay_read"."incidents" AS
SELECT project_id, id AS incident_id, kind, attribute, value, lower(state::text) AS state, muted_until, opened_at, resolved_at, change_day,
  alarm_day, alarms
FROM incident;

CREATE VIEW "assay_read"."ledger" AS
SELECT project_id, source_id, hour, sum(received)::bigint AS received, sum(accepted)::bigint AS accepted, sum(flagged)::bigint AS flagged,
  sum(duplicates)::bigint AS duplicates, sum(conflicts)::bigint AS conflicts, sum(quarantined)::bigint AS quarantined,
  sum(refused)::bigint AS rejected
FROM (
  SELECT project_id, source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_hour
  UNION ALL
  SELECT project_id, source_id, hour, received, accepted, flagged, duplicates, conflicts, quarantined, refused FROM ledger_delta) entry
GROUP BY 1, 2, 3;

COMMENT ON SCHEMA "assay_read" IS 'Read-only views for other programs; see docs/interface.md.';

COMMENT ON VIEW "assay_read"."projects" IS 'One row per project.';
COMMENT ON COLUMN "assay_read"."projects"."project_id" IS 'As in every other view.';
COMMENT ON COLUMN "assay_read"."projects"."project" IS 'The short name in addresses.';
COMMENT ON COLUMN "assay_read"."projects"."name" IS 'The name that people see.';
COMMENT ON COLUMN "assay_read"."projects"."time_zone" IS 'Days in all views are days of this zone.';
COMMENT ON COLUMN "assay_read"."projects"."is_demo" IS 'Simulated data.';
COMMENT ON COLUMN "assay_read"."projects"."created_at" IS 'When it was made.';

COMMENT ON VIEW "assay_read"."outputs" IS 'One row per stored output, without input and output.';
COMMENT ON COLUMN "assay_read"."outputs"."project_id" IS 'See projects.';
COMMENT ON COLUMN "assay_read"."outputs"."output_id" IS 'Grows with the time of arrival.';
COMMENT ON COLUMN "assay_read"."outputs"."external_id" IS 'The id that it was sent with.';
COMMENT ON COLUMN "assay_read"."outputs"."source_id" IS 'Who sent it.';
COMMENT ON COLUMN "assay_read"."outputs"."phase" IS 'pilot, production, or held: in quarantine, in no figure of production.';
COMMENT ON COLUMN "assay_read"."outputs"."occurred_at" IS 'As the sender says.';
COMMENT ON COLUMN "assay_read"."outputs"."day" IS 'Day of occurred_at in the zone of the project.';
COMMENT ON COLUMN "assay_read"."outputs"."received_at" IS 'By the clock of the database.';
COMMENT ON COLUMN "assay_read"."outputs"."model_name" IS 'Null when it was not sent.';
COMMENT ON COLUMN "assay_read"."outputs"."model_version" IS 'Null when it was not sent.';
COMMENT ON COLUMN "assay_read"."outputs"."segments" IS 'Attribute to value, as text.';
COMMENT ON COLUMN "assay_read"."outputs"."confidence" IS 'As the sender says, from 0 to 1.';
COMMENT ON COLUMN "assay_read"."outputs"."flags" IS 'Codes of reasons; see docs/interface.md.';
COMMENT ON COLUMN "assay_read"."outputs"."contract_version" IS 'The contract that it was judged by; null where there was none.';
COMMENT ON COLUMN "assay_read"."outputs"."epoch_id" IS 'The period in which its sampling rate was frozen.';
COMMENT ON COLUMN "assay_read"."outputs"."stratum_id" IS 'Where one sampling rate applies.';
COMMENT ON COLUMN "assay_read"."outputs"."source_probability" IS 'Probability with which the sender had sampled already.';
COMMENT ON COLUMN "assay_read"."outputs"."copies" IS 'Further outputs of the same content in the epoch, for which it stands.';

COMMENT ON VIEW "assay_read"."samples" IS 'One row per output that was drawn for review.';
COMMENT ON COLUMN "assay_read"."samples"."project_id" IS 'See projects.';
COMMENT ON COLUMN "assay_read"."samples"."output_id" IS 'See outputs.';
COMMENT ON COLUMN "assay_read"."samples"."day" IS 'Of the output.';
COMMENT ON COLUMN "assay_read"."samples"."phase" IS 'Of the output.';
COMMENT ON COLUMN "assay_read"."samples"."epoch_id" IS 'Of the output.';
COMMENT ON COLUMN "assay_read"."samples"."stratum_id" IS 'Of the output.';
COMMENT ON COLUMN "assay_read"."samples"."state" IS 'settled: judged; unsure: nobody could judge it; else it waits or was withdrawn.';
COMMENT ON COLUMN "assay_read"."samples"."verdict" IS 'correct, incorrect or cannot_judge; null while it waits.';
COMMENT ON COLUMN "assay_read"."samples"."score" IS 'From 0 to 1; 1 is right.';
COMMENT ON COLUMN "assay_read"."samples"."settled_by" IS 'review, agreement, adjudication or truth.';
COMMENT ON COLUMN "assay_read"."samples"."settled_at" IS 'When it was judged.';
COMMENT ON COLUMN "assay_read"."samples"."counted" IS 'Whether it is in the accuracy; a sample judged beyond the counted part is not.';
COMMENT ON COLUMN "assay_read"."samples"."inclusion_probability" IS 'Of an output like it to come to be counted; null when it is not counted.';
COMMENT ON COLUMN "assay_read"."samples"."design_weight" IS 'Outputs for which it stands: 1 + copies over inclusion_probability.';

COMMENT ON VIEW "assay_read"."reviews" IS 'The newest revision of every review that stands, without answers, comments and names.';
COMMENT ON COLUMN "assay_read"."reviews"."project_id" IS 'See projects.';
COMMENT ON COLUMN "assay_read"."reviews"."review_id" IS 'Of this revision.';
COMMENT ON COLUMN "assay_read"."reviews"."output_id" IS 'See outputs.';
COMMENT ON COLUMN "assay_read"."reviews"."occasion" IS '0: a look that a sample needs. Above: known items, own old items, picked by hand; in no accuracy.';
COMMENT ON COLUMN "assay_read"."reviews"."look" IS '1: first, 2: second opinion, 3: decides between two.';
COMMENT ON COLUMN "assay_read"."reviews"."reviewer_id" IS 'A number for a person; names are not here.';
COMMENT ON COLUMN "assay_read"."reviews"."revision" IS '1, 2, ... of this person about this output.';
COMMENT ON COLUMN "assay_read"."reviews"."outcome" IS 'answered, cannot_judge or skipped.';
COMMENT ON COLUMN "assay_read"."reviews"."verdict" IS 'What counts: computed, or the reviewer''s own when overruled.';
COMMENT ON COLUMN "assay_read"."reviews"."score" IS 'From 0 to 1; 1 is right.';
COMMENT ON COLUMN "assay_read"."reviews"."error_tags" IS 'Keys of the answer form.';
COMMENT ON COLUMN "assay_read"."reviews"."severity" IS 'minor, major or critical.';
COMMENT ON COLUMN "assay_read"."reviews"."mode" IS 'blind: answered before the output was seen; output_first: after.';
COMMENT ON COLUMN "assay_read"."reviews"."submitted_at" IS 'By the clock of the database.';

COMMENT ON VIEW "assay_read"."daily_cells" IS 'Sums over reviewed observations by day, segment and stratum, with w = 1 / inclusion probability and y = score.';
COMMENT ON COLUMN "assay_read"."daily_cells"."project_id" IS 'See projects.';
COMMENT ON COLUMN "assay_read"."daily_cells"."day" IS 'In the zone of the project.';
COMMENT ON COLUMN "assay_read"."daily_cells"."phase" IS 'pilot, production or held.';
COMMENT ON COLUMN "assay_read"."daily_cells"."attribute" IS 'Empty, as value: all outputs.';
COMMENT ON COLUMN "assay_read"."daily_cells"."value" IS 'Of the attribute.';
COMMENT ON COLUMN "assay_read"."daily_cells"."stratum_id" IS 'Where one sampling rate applies.';
COMMENT ON COLUMN "assay_read"."daily_cells"."observations" IS 'Outputs, or clusters of outputs that fail together.';
COMMENT ON COLUMN "assay_read"."daily_cells"."outputs" IS 'Reviewed outputs behind them.';
COMMENT ON COLUMN "assay_read"."daily_cells"."sum_weight" IS 'Sum of w.';
COMMENT ON COLUMN "assay_read"."daily_cells"."sum_weight2" IS 'Sum of w squared.';
COMMENT ON COLUMN "assay_read"."daily_cells"."sum_weight_score" IS 'Sum of w times y.';
COMMENT ON COLUMN "assay_read"."daily_cells"."sum_weight2_score" IS 'Sum of w squared times y.';
COMMENT ON COLUMN "assay_read"."daily_cells"."sum_weight2_score2" IS 'Sum of w squared times y squared.';
COMMENT ON COLUMN "assay_read"."daily_cells"."max_weight" IS 'Largest weight that an observation here has or could have had.';
COMMENT ON COLUMN "assay_read"."daily_cells"."unsure_outputs" IS 'Reviewed outputs that nobody could judge.';
COMMENT ON COLUMN "assay_read"."daily_cells"."unsure_weight" IS 'Their sum of w.';
COMMENT ON COLUMN "assay_read"."daily_cells"."population" IS 'All outputs of the cell, drawn or not.';
COMMENT ON COLUMN "assay_read"."daily_cells"."unaudited_population" IS 'Those of epochs in which nobody has judged anything of this stratum.';

COMMENT ON VIEW "assay_read"."incidents" IS 'One row per incident.';
COMMENT ON COLUMN "assay_read"."incidents"."project_id" IS 'See projects.';
COMMENT ON COLUMN "assay_read"."incidents"."incident_id" IS 'As in its address.';
COMMENT ON COLUMN "assay_read"."incidents"."kind" IS 'accuracy_drop, or what else it is about.';
COMMENT ON COLUMN "assay_read"."incidents"."attribute" IS 'Of its segment; empty, as value: all outputs.';
COMMENT ON COLUMN "assay_read"."incidents"."value" IS 'Of the attribute.';
COMMENT ON COLUMN "assay_read"."incidents"."state" IS 'open, acknowledged or resolved.';
COMMENT ON COLUMN "assay_read"."incidents"."muted_until" IS 'Quiet until then.';
COMMENT ON COLUMN "assay_read"."incidents"."opened_at" IS 'When it was found.';
COMMENT ON COLUMN "assay_read"."incidents"."resolved_at" IS 'Null while it is not.';
COMMENT ON COLUMN "assay_read"."incidents"."change_day" IS 'Day on which the change likely began.';
COMMENT ON COLUMN "assay_read"."incidents"."alarm_day" IS 'Day whose reviews raised it.';
COMMENT ON COLUMN "assay_read"."incidents"."alarms" IS 'Times that it was raised, the first included.';

COMMENT ON VIEW "assay_read"."ledger" IS 'What became of all records, by source and hour: received is the sum of the rest.';
COMMENT ON COLUMN "assay_read"."ledger"."project_id" IS 'See projects.';
COMMENT ON COLUMN "assay_read"."ledger"."source_id" IS 'Who sent them.';
COMMENT ON COLUMN "assay_read"."ledger"."hour" IS 'Of arrival.';
COMMENT ON COLUMN "assay_read"."ledger"."received" IS 'All.';
COMMENT ON COLUMN "assay_read"."ledger"."accepted" IS 'Without a flag.';
COMMENT ON COLUMN "assay_read"."ledger"."flagged" IS 'Accepted with a flag.';
COMMENT ON COLUMN "assay_read"."ledger"."duplicates" IS 'Known already, and equal.';
COMMENT ON COLUMN "assay_read"."ledger"."conflicts" IS 'Known already under this id, and different.';
COMMENT ON COLUMN "assay_read"."ledger"."quarantined" IS 'Held back with their bytes.';
COMMENT ON COLUMN "assay_read"."ledger"."rejected" IS 'Refused; the sender was told why.';
