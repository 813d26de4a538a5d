-- CreateEnum
CREATE TYPE "channel_kind" AS ENUM ('SLACK', 'EMAIL', 'WEBHOOK', 'PAGERDUTY');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('HELD', 'WAITING', 'DELIVERED', 'BUNDLED', 'DEAD');

-- CreateTable
CREATE TABLE "alert_channel" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "channel_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "sealed_secret" TEXT,
    "routes" JSONB NOT NULL,
    "quiet" JSONB,
    "digest_minute" INTEGER NOT NULL DEFAULT 480,
    "weekly" BOOLEAN NOT NULL DEFAULT false,
    "muted_until" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "deleted_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_channel_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "alert_delivery" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "incident_id" UUID,
    "event" TEXT,
    "message" JSONB NOT NULL,
    "state" "delivery_state" NOT NULL,
    "held_for" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "attempts_before" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "bundle_id" UUID,

    CONSTRAINT "alert_delivery_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "alert_attempt" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "outcome" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "milliseconds" INTEGER NOT NULL,

    CONSTRAINT "alert_attempt_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "alert_delivery_project_id_created_at_idx" ON "alert_delivery"("project_id", "created_at");

-- CreateIndex
CREATE INDEX "alert_delivery_project_id_incident_id_idx" ON "alert_delivery"("project_id", "incident_id");

-- CreateIndex
CREATE UNIQUE INDEX "alert_delivery_project_id_channel_id_key_key" ON "alert_delivery"("project_id", "channel_id", "key");

-- CreateIndex
CREATE UNIQUE INDEX "alert_attempt_project_id_delivery_id_number_key" ON "alert_attempt"("project_id", "delivery_id", "number");

-- AddForeignKey
ALTER TABLE "alert_channel" ADD CONSTRAINT "alert_channel_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_project_id_channel_id_fkey" FOREIGN KEY ("project_id", "channel_id") REFERENCES "alert_channel"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_attempt" ADD CONSTRAINT "alert_attempt_project_id_delivery_id_fkey" FOREIGN KEY ("project_id", "delivery_id") REFERENCES "alert_delivery"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is due is few among many that are settled.
CREATE INDEX "alert_delivery_due_idx" ON "alert_delivery" ("due_at") WHERE "state" IN ('HELD', 'WAITING');
-- Of one incident a channel is told in order: the newer news waits for the older.
CREATE INDEX "alert_delivery_order_idx" ON "alert_delivery" ("project_id", "channel_id", "incident_id", "id") WHERE "state" IN ('HELD', 'WAITING');

ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_lease_check" CHECK (("lease_token" IS NULL) = ("lease_until" IS NULL));
ALTER TABLE "alert_channel" ADD CONSTRAINT "alert_channel_digest_check" CHECK ("digest_minute" BETWEEN 0 AND 1439);

CREATE TRIGGER "alert_attempt_append_only" BEFORE UPDATE OR DELETE ON "alert_attempt" FOR EACH ROW EXECUTE FUNCTION assay_append_only();
CREATE TRIGGER "alert_attempt_no_truncate" BEFORE TRUNCATE ON "alert_attempt" FOR EACH STATEMENT EXECUTE FUNCTION assay_no_truncate();
