-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "period_kind" AS ENUM ('DAY', 'WEEK', 'MONTH');

-- CreateEnum
CREATE TYPE "source_kind" AS ENUM ('API', 'HOOK');

-- CreateEnum
CREATE TYPE "phase" AS ENUM ('PILOT', 'PRODUCTION');

-- CreateEnum
CREATE TYPE "quarantine_state" AS ENUM ('HELD', 'RELEASED', 'DISCARDED');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('MANAGER', 'REVIEWER', 'VIEWER');

-- CreateEnum
CREATE TYPE "truth_coverage" AS ENUM ('SELECTED', 'COMPLETE');

-- CreateEnum
CREATE TYPE "slot_state" AS ENUM ('OPEN', 'DONE', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "review_outcome" AS ENUM ('ANSWERED', 'CANNOT_JUDGE', 'SKIPPED', 'UNDONE');

-- CreateEnum
CREATE TYPE "epoch_clock" AS ENUM ('LIVE', 'RECORDED');

-- CreateEnum
CREATE TYPE "sample_state" AS ENUM ('QUEUED', 'UNSURE', 'SETTLED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('CORRECT', 'INCORRECT', 'CANNOT_JUDGE');

-- CreateTable
CREATE TABLE "dirty_epoch" (
    "seq" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,

    CONSTRAINT "dirty_epoch_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "estimate_cell" (
    "project_id" UUID NOT NULL,
    "phase" "phase" NOT NULL,
    "period_kind" "period_kind" NOT NULL,
    "period_start" DATE NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "stratum_id" UUID NOT NULL,
    "observations" INTEGER NOT NULL,
    "outputs" INTEGER NOT NULL,
    "sum_weight" DOUBLE PRECISION NOT NULL,
    "sum_weight2" DOUBLE PRECISION NOT NULL,
    "sum_weight_score" DOUBLE PRECISION NOT NULL,
    "sum_weight2_score" DOUBLE PRECISION NOT NULL,
    "sum_weight2_score2" DOUBLE PRECISION NOT NULL,
    "max_weight" DOUBLE PRECISION NOT NULL,
    "unsure_outputs" INTEGER NOT NULL,
    "unsure_weight" DOUBLE PRECISION NOT NULL,
    "population" DOUBLE PRECISION NOT NULL,
    "unaudited_population" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "estimate_cell_pkey" PRIMARY KEY ("project_id","period_kind","period_start","attribute","value","phase","stratum_id")
);

-- CreateTable
CREATE TABLE "baseline" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "note" TEXT,

    CONSTRAINT "baseline_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "baseline_segment" (
    "project_id" UUID NOT NULL,
    "baseline_id" UUID NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "estimate" JSONB NOT NULL,
    "population" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "baseline_segment_pkey" PRIMARY KEY ("project_id","baseline_id","attribute","value")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "name" TEXT NOT NULL,
    "worker_id" TEXT,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "source" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "source_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "hook_path" TEXT,
    "signature" TEXT,
    "mapping" JSONB,
    "recorded_history" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "source_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "source_secret" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "sealed_secret" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "source_secret_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "output" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "source_id" UUID NOT NULL,
    "phase" "phase" NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "day" DATE NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "input" JSONB NOT NULL,
    "output" JSONB NOT NULL,
    "model_name" TEXT,
    "model_version" TEXT,
    "segments" JSONB NOT NULL DEFAULT '{}',
    "confidence" DOUBLE PRECISION,
    "cluster" TEXT,
    "source_probability" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "extra" JSONB NOT NULL DEFAULT '{}',
    "content_hash" BYTEA NOT NULL,
    "flags" TEXT[],
    "epoch_id" UUID NOT NULL,
    "stratum_id" UUID NOT NULL,
    "random_number" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "output_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "output_conflict" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "raw" BYTEA NOT NULL,

    CONSTRAINT "output_conflict_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "quarantine" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'output',
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "external_id" TEXT,
    "reasons" JSONB NOT NULL,
    "first_code" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,
    "raw_length" INTEGER NOT NULL,
    "raw_hash" BYTEA NOT NULL,
    "state" "quarantine_state" NOT NULL DEFAULT 'HELD',

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "ledger_delta" (
    "seq" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "received" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "flagged" INTEGER NOT NULL,
    "duplicates" INTEGER NOT NULL,
    "conflicts" INTEGER NOT NULL,
    "quarantined" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,

    CONSTRAINT "ledger_delta_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "ledger_hour" (
    "project_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "received" BIGINT NOT NULL,
    "accepted" BIGINT NOT NULL,
    "flagged" BIGINT NOT NULL,
    "duplicates" BIGINT NOT NULL,
    "conflicts" BIGINT NOT NULL,
    "quarantined" BIGINT NOT NULL,
    "refused" BIGINT NOT NULL,

    CONSTRAINT "ledger_hour_pkey" PRIMARY KEY ("project_id","source_id","hour")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "project_id" UUID NOT NULL,
    "source_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" BYTEA NOT NULL,
    "status" INTEGER,
    "response" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("project_id","source_id","key")
);

-- CreateTable
CREATE TABLE "ground_truth" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "known_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "ground_truth_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "release" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "model_name" TEXT NOT NULL,
    "model_version" TEXT NOT NULL,
    "live_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "release_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "instance" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "setup_code_hash" BYTEA,
    "setup_done_at" TIMESTAMPTZ(3),
    "key_check" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "oidc_issuer" TEXT,
    "oidc_subject" TEXT,
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ip_prefix" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invite" (
    "id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "email" TEXT,
    "project_id" UUID,
    "role" "role",
    "is_admin" BOOLEAN NOT NULL DEFAULT false,
    "user_id" UUID,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "project" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "truth_coverage" "truth_coverage" NOT NULL DEFAULT 'SELECTED',
    "sealed_sampling_secret" TEXT NOT NULL,
    "sampling_scope" TEXT NOT NULL,
    "reviewers_see_charts" BOOLEAN NOT NULL DEFAULT false,
    "viewers_see_payloads" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "archived_at" TIMESTAMPTZ(3),

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "project_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("project_id","user_id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key_id" TEXT NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "last_four" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "source_id" UUID NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "project_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT,
    "action" TEXT NOT NULL,
    "object_kind" TEXT NOT NULL,
    "object_id" TEXT,
    "request_id" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "answer_schema" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "instructions" TEXT NOT NULL DEFAULT '',
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "answer_schema_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "review_slot" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "look" INTEGER NOT NULL,
    "order_key" DOUBLE PRECISION NOT NULL,
    "state" "slot_state" NOT NULL DEFAULT 'OPEN',
    "holder_id" UUID,
    "lease_token" UUID,
    "lease_expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "review_slot_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "review" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "outcome" "review_outcome" NOT NULL,
    "primary" BOOLEAN NOT NULL,
    "answer_schema_id" UUID NOT NULL,
    "answer" JSONB,
    "reason" TEXT,
    "field_results" JSONB,
    "computed_score" DOUBLE PRECISION,
    "computed_verdict" "verdict",
    "verdict" "verdict",
    "score" DOUBLE PRECISION,
    "overrule_reason" TEXT,
    "comment" TEXT,
    "submission_key" UUID NOT NULL,
    "active_ms" INTEGER,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "review_reveal" (
    "project_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "slot_id" UUID NOT NULL,
    "answer_schema_id" UUID NOT NULL,
    "answer" JSONB NOT NULL,
    "field_results" JSONB NOT NULL,
    "computed_score" DOUBLE PRECISION NOT NULL,
    "computed_verdict" "verdict" NOT NULL,
    "revealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_reveal_pkey" PRIMARY KEY ("project_id","output_id","reviewer_id")
);

-- CreateTable
CREATE TABLE "sampling_plan" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "reviews_per_week" INTEGER NOT NULL,
    "attribute" TEXT,
    "floor_per_epoch" INTEGER NOT NULL DEFAULT 5,
    "flagged_factor" DOUBLE PRECISION NOT NULL DEFAULT 3,
    "rate_ratio_cap" DOUBLE PRECISION NOT NULL DEFAULT 10,
    "double_review_share" DOUBLE PRECISION NOT NULL DEFAULT 0.1,
    "expected_per_day" INTEGER NOT NULL DEFAULT 1000,
    "maturity_days" INTEGER NOT NULL DEFAULT 14,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sampling_plan_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "stratum" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phase" "phase" NOT NULL,
    "attribute" TEXT NOT NULL DEFAULT '',
    "value" TEXT NOT NULL DEFAULT '',
    "flagged" BOOLEAN NOT NULL,

    CONSTRAINT "stratum_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "epoch" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "clock" "epoch_clock" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "plan_id" UUID NOT NULL,
    "unseen_rate" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "epoch_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "stratum_epoch" (
    "project_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,
    "stratum_id" UUID NOT NULL,
    "rate" DOUBLE PRECISION NOT NULL,
    "target" DOUBLE PRECISION NOT NULL,
    "past_error" DOUBLE PRECISION NOT NULL DEFAULT 0.1,
    "effective_rate" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "population" BIGINT NOT NULL DEFAULT 0,
    "candidates" INTEGER NOT NULL DEFAULT 0,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "unsure" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stratum_epoch_pkey" PRIMARY KEY ("project_id","epoch_id","stratum_id")
);

-- CreateTable
CREATE TABLE "population_delta" (
    "seq" BIGSERIAL NOT NULL,
    "project_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,
    "stratum_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "outputs" INTEGER NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "population_delta_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "population_count" (
    "project_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,
    "stratum_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "attribute" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "outputs" BIGINT NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "population_count_pkey" PRIMARY KEY ("project_id","epoch_id","stratum_id","day","attribute","value")
);

-- CreateTable
CREATE TABLE "sample" (
    "project_id" UUID NOT NULL,
    "output_id" UUID NOT NULL,
    "epoch_id" UUID NOT NULL,
    "stratum_id" UUID NOT NULL,
    "random_number" DOUBLE PRECISION NOT NULL,
    "state" "sample_state" NOT NULL DEFAULT 'QUEUED',
    "verdict" "verdict",
    "score" DOUBLE PRECISION,
    "settled_by" TEXT,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "sample_pkey" PRIMARY KEY ("project_id","output_id")
);

-- CreateIndex
CREATE INDEX "dirty_epoch_project_id_idx" ON "dirty_epoch"("project_id");

-- CreateIndex
CREATE INDEX "estimate_cell_project_id_period_kind_attribute_value_period_idx" ON "estimate_cell"("project_id", "period_kind", "attribute", "value", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "source_hook_path_key" ON "source"("hook_path");

-- CreateIndex
CREATE UNIQUE INDEX "source_secret_secret_hash_key" ON "source_secret"("secret_hash");

-- CreateIndex
CREATE INDEX "source_secret_project_id_source_id_idx" ON "source_secret"("project_id", "source_id");

-- CreateIndex
CREATE INDEX "output_project_id_occurred_at_id_idx" ON "output"("project_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "output_project_id_epoch_id_stratum_id_random_number_idx" ON "output"("project_id", "epoch_id", "stratum_id", "random_number");

-- CreateIndex
CREATE UNIQUE INDEX "output_project_id_external_id_key" ON "output"("project_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "output_conflict_project_id_output_id_content_hash_key" ON "output_conflict"("project_id", "output_id", "content_hash");

-- CreateIndex
CREATE INDEX "quarantine_project_id_state_received_at_idx" ON "quarantine"("project_id", "state", "received_at");

-- CreateIndex
CREATE INDEX "ledger_delta_project_id_seq_idx" ON "ledger_delta"("project_id", "seq");

-- CreateIndex
CREATE INDEX "idempotency_key_expires_at_idx" ON "idempotency_key"("expires_at");

-- CreateIndex
CREATE INDEX "ground_truth_project_id_received_at_idx" ON "ground_truth"("project_id", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "ground_truth_project_id_external_id_content_hash_key" ON "ground_truth"("project_id", "external_id", "content_hash");

-- CreateIndex
CREATE UNIQUE INDEX "release_project_id_model_name_model_version_live_at_key" ON "release"("project_id", "model_name", "model_version", "live_at");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_email_key" ON "user_account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_account_oidc_issuer_oidc_subject_key" ON "user_account"("oidc_issuer", "oidc_subject");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invite_token_hash_key" ON "invite"("token_hash");

-- CreateIndex
CREATE INDEX "invite_project_id_idx" ON "invite"("project_id");

-- CreateIndex
CREATE INDEX "invite_user_id_idx" ON "invite"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "project_slug_key" ON "project"("slug");

-- CreateIndex
CREATE INDEX "membership_user_id_idx" ON "membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_key_id_key" ON "api_key"("key_id");

-- CreateIndex
CREATE INDEX "api_key_project_id_source_id_idx" ON "api_key"("project_id", "source_id");

-- CreateIndex
CREATE INDEX "audit_event_project_id_seq_idx" ON "audit_event"("project_id", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "answer_schema_project_id_version_key" ON "answer_schema"("project_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "review_slot_project_id_output_id_look_key" ON "review_slot"("project_id", "output_id", "look");

-- CreateIndex
CREATE UNIQUE INDEX "review_slot_project_id_output_id_holder_id_key" ON "review_slot"("project_id", "output_id", "holder_id");

-- CreateIndex
CREATE INDEX "review_project_id_output_id_idx" ON "review"("project_id", "output_id");

-- CreateIndex
CREATE INDEX "review_project_id_reviewer_id_submitted_at_idx" ON "review"("project_id", "reviewer_id", "submitted_at");

-- CreateIndex
CREATE UNIQUE INDEX "review_project_id_output_id_reviewer_id_revision_key" ON "review"("project_id", "output_id", "reviewer_id", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "review_project_id_reviewer_id_submission_key_key" ON "review"("project_id", "reviewer_id", "submission_key");

-- CreateIndex
CREATE UNIQUE INDEX "sampling_plan_project_id_version_key" ON "sampling_plan"("project_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "stratum_project_id_phase_attribute_value_flagged_key" ON "stratum"("project_id", "phase", "attribute", "value", "flagged");

-- CreateIndex
CREATE UNIQUE INDEX "epoch_project_id_clock_starts_at_key" ON "epoch"("project_id", "clock", "starts_at");

-- CreateIndex
CREATE INDEX "population_delta_project_id_seq_idx" ON "population_delta"("project_id", "seq");

-- CreateIndex
CREATE INDEX "population_count_project_id_day_idx" ON "population_count"("project_id", "day");

-- CreateIndex
CREATE INDEX "sample_project_id_epoch_id_stratum_id_random_number_idx" ON "sample"("project_id", "epoch_id", "stratum_id", "random_number");

-- AddForeignKey
ALTER TABLE "estimate_cell" ADD CONSTRAINT "estimate_cell_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baseline" ADD CONSTRAINT "baseline_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "baseline_segment" ADD CONSTRAINT "baseline_segment_project_id_baseline_id_fkey" FOREIGN KEY ("project_id", "baseline_id") REFERENCES "baseline"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source_secret" ADD CONSTRAINT "source_secret_project_id_source_id_fkey" FOREIGN KEY ("project_id", "source_id") REFERENCES "source"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "output" ADD CONSTRAINT "output_project_id_source_id_fkey" FOREIGN KEY ("project_id", "source_id") REFERENCES "source"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "output" ADD CONSTRAINT "output_project_id_epoch_id_stratum_id_fkey" FOREIGN KEY ("project_id", "epoch_id", "stratum_id") REFERENCES "stratum_epoch"("project_id", "epoch_id", "stratum_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "output_conflict" ADD CONSTRAINT "output_conflict_project_id_output_id_fkey" FOREIGN KEY ("project_id", "output_id") REFERENCES "output"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_project_id_source_id_fkey" FOREIGN KEY ("project_id", "source_id") REFERENCES "source"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_hour" ADD CONSTRAINT "ledger_hour_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ground_truth" ADD CONSTRAINT "ground_truth_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "release" ADD CONSTRAINT "release_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invite" ADD CONSTRAINT "invite_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invite" ADD CONSTRAINT "invite_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_project_id_source_id_fkey" FOREIGN KEY ("project_id", "source_id") REFERENCES "source"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer_schema" ADD CONSTRAINT "answer_schema_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_slot" ADD CONSTRAINT "review_slot_project_id_output_id_fkey" FOREIGN KEY ("project_id", "output_id") REFERENCES "sample"("project_id", "output_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_project_id_slot_id_fkey" FOREIGN KEY ("project_id", "slot_id") REFERENCES "review_slot"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_project_id_answer_schema_id_fkey" FOREIGN KEY ("project_id", "answer_schema_id") REFERENCES "answer_schema"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_reveal" ADD CONSTRAINT "review_reveal_project_id_slot_id_fkey" FOREIGN KEY ("project_id", "slot_id") REFERENCES "review_slot"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review_reveal" ADD CONSTRAINT "review_reveal_project_id_answer_schema_id_fkey" FOREIGN KEY ("project_id", "answer_schema_id") REFERENCES "answer_schema"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sampling_plan" ADD CONSTRAINT "sampling_plan_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stratum" ADD CONSTRAINT "stratum_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "epoch" ADD CONSTRAINT "epoch_project_id_plan_id_fkey" FOREIGN KEY ("project_id", "plan_id") REFERENCES "sampling_plan"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stratum_epoch" ADD CONSTRAINT "stratum_epoch_project_id_epoch_id_fkey" FOREIGN KEY ("project_id", "epoch_id") REFERENCES "epoch"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stratum_epoch" ADD CONSTRAINT "stratum_epoch_project_id_stratum_id_fkey" FOREIGN KEY ("project_id", "stratum_id") REFERENCES "stratum"("project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "population_count" ADD CONSTRAINT "population_count_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample" ADD CONSTRAINT "sample_project_id_output_id_fkey" FOREIGN KEY ("project_id", "output_id") REFERENCES "output"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample" ADD CONSTRAINT "sample_project_id_epoch_id_stratum_id_fkey" FOREIGN KEY ("project_id", "epoch_id", "stratum_id") REFERENCES "stratum_epoch"("project_id", "epoch_id", "stratum_id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Below: what Prisma's schema language cannot say.

-- CheckConstraints
ALTER TABLE "instance" ADD CONSTRAINT "instance_is_one_row" CHECK ("id" = 1);
ALTER TABLE "user_account" ADD CONSTRAINT "user_email_is_lower_case" CHECK ("email" = lower("email") AND length("email") BETWEEN 3 AND 254);
ALTER TABLE "project" ADD CONSTRAINT "project_slug_form" CHECK ("slug" ~ '^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$');
ALTER TABLE "invite" ADD CONSTRAINT "invite_names_its_role" CHECK (
  ("project_id" IS NULL) = ("role" IS NULL) AND num_nonnulls("project_id", "user_id") + "is_admin"::int = 1);
ALTER TABLE "source" ADD CONSTRAINT "source_hook_has_path" CHECK (("kind" = 'HOOK') = ("hook_path" IS NOT NULL AND "signature" IS NOT NULL));
ALTER TABLE "output" ADD CONSTRAINT "output_external_id_bytes" CHECK (octet_length("external_id") BETWEEN 1 AND 200);
ALTER TABLE "output" ADD CONSTRAINT "output_confidence_range" CHECK ("confidence" BETWEEN 0 AND 1);
ALTER TABLE "output" ADD CONSTRAINT "output_source_probability_range" CHECK ("source_probability" > 0 AND "source_probability" <= 1);
ALTER TABLE "output" ADD CONSTRAINT "output_random_number_range" CHECK ("random_number" >= 0 AND "random_number" < 1);
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_kind" CHECK ("kind" IN ('output', 'truth'));
ALTER TABLE "ledger_delta" ADD CONSTRAINT "ledger_delta_adds_up" CHECK ("received" = "accepted" + "flagged" + "duplicates" + "conflicts" + "quarantined" + "refused");
ALTER TABLE "ledger_hour" ADD CONSTRAINT "ledger_hour_adds_up" CHECK ("received" = "accepted" + "flagged" + "duplicates" + "conflicts" + "quarantined" + "refused");
ALTER TABLE "sampling_plan" ADD CONSTRAINT "sampling_plan_ranges" CHECK (
  "reviews_per_week" BETWEEN 1 AND 1000000 AND "floor_per_epoch" BETWEEN 0 AND 10000 AND "flagged_factor" BETWEEN 1 AND 10
  AND "rate_ratio_cap" BETWEEN 1 AND 100 AND "double_review_share" BETWEEN 0 AND 1 AND "expected_per_day" BETWEEN 1 AND 100000000
  AND "maturity_days" BETWEEN 1 AND 365);
ALTER TABLE "epoch" ADD CONSTRAINT "epoch_has_length" CHECK ("ends_at" > "starts_at");
ALTER TABLE "stratum_epoch" ADD CONSTRAINT "stratum_epoch_rates" CHECK (
  "rate" >= 0 AND "rate" <= 1 AND "effective_rate" >= 0 AND "effective_rate" <= "rate" AND "target" >= 0);
ALTER TABLE "sample" ADD CONSTRAINT "sample_score_range" CHECK ("score" BETWEEN 0 AND 1);
ALTER TABLE "sample" ADD CONSTRAINT "sample_settled_has_score" CHECK (("state" = 'SETTLED') = ("score" IS NOT NULL));
ALTER TABLE "review_slot" ADD CONSTRAINT "review_slot_lease_is_whole" CHECK (
  ("holder_id" IS NULL) = ("lease_token" IS NULL) AND ("holder_id" IS NULL) = ("lease_expires_at" IS NULL));
ALTER TABLE "review_slot" ADD CONSTRAINT "review_slot_look_range" CHECK ("look" BETWEEN 1 AND 3);
ALTER TABLE "review" ADD CONSTRAINT "review_answered_has_verdict" CHECK (("outcome" = 'ANSWERED') = ("verdict" IS NOT NULL AND "score" IS NOT NULL AND "answer" IS NOT NULL));
ALTER TABLE "review" ADD CONSTRAINT "review_gives_its_reason" CHECK ("outcome" NOT IN ('CANNOT_JUDGE', 'SKIPPED') OR "reason" IS NOT NULL);
ALTER TABLE "review" ADD CONSTRAINT "review_overrule_gives_its_reason" CHECK ("verdict" IS NOT DISTINCT FROM "computed_verdict" OR "overrule_reason" IS NOT NULL);

-- A reviewer holds at most a few leases; claims look only at open slots.
CREATE INDEX "review_slot_open_idx" ON "review_slot" ("project_id", "order_key") WHERE "state" = 'OPEN';

-- Rows of these tables are facts: written once. Erasing a whole project (demo removal, audited erasure) announces itself first
-- with set_config('assay.erasing_project', <id>, true); nothing may change them otherwise.
CREATE FUNCTION "assay_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('assay.erasing_project', true) IS NOT NULL
     AND current_setting('assay.erasing_project', true) = OLD."project_id"::text THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END;
$$;

CREATE FUNCTION "assay_no_truncate"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END;
$$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['audit_event', 'output', 'output_conflict', 'ground_truth', 'sampling_plan', 'answer_schema', 'review', 'review_reveal', 'baseline', 'baseline_segment'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION assay_append_only()', t || '_append_only', t);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION assay_no_truncate()', t || '_no_truncate', t);
  END LOOP;
END;
$$;
