-- CreateEnum
CREATE TYPE "contract_draft_state" AS ENUM ('WAITING', 'READY', 'FAILED');

-- AlterTable
ALTER TABLE "output" ADD COLUMN     "contract_version" INTEGER,
ADD COLUMN     "reasons" JSONB;

-- AlterTable
ALTER TABLE "quarantine" ADD COLUMN     "contract_version" INTEGER,
ADD COLUMN     "settled_at" TIMESTAMPTZ(3),
ADD COLUMN     "settled_by" UUID,
ADD COLUMN     "settled_how" TEXT,
ADD COLUMN     "settled_note" TEXT;

-- CreateTable
CREATE TABLE "contract" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "rates" JSONB,
    "note" TEXT NOT NULL DEFAULT '',
    "based_on" INTEGER,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateTable
CREATE TABLE "contract_draft" (
    "project_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "state" "contract_draft_state" NOT NULL DEFAULT 'WAITING',
    "definition" JSONB,
    "rates" JSONB,
    "records" INTEGER NOT NULL DEFAULT 0,
    "pilot_records" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "requested_by" UUID,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "contract_draft_pkey" PRIMARY KEY ("project_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "contract_project_id_version_key" ON "contract"("project_id", "version");

-- CreateIndex
CREATE INDEX "quarantine_project_id_state_first_code_id_idx" ON "quarantine"("project_id", "state", "first_code", "id");

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_draft" ADD CONSTRAINT "contract_draft_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Below: what Prisma's schema language cannot say.

-- A version is a fact: outputs carry its number.
CREATE TRIGGER "contract_append_only" BEFORE UPDATE OR DELETE ON "contract" FOR EACH ROW EXECUTE FUNCTION assay_append_only();
CREATE TRIGGER "contract_no_truncate" BEFORE TRUNCATE ON "contract" FOR EACH STATEMENT EXECUTE FUNCTION assay_no_truncate();
ALTER TABLE "contract" ADD CONSTRAINT "contract_version_counts_up" CHECK ("version" >= 1 AND ("based_on" IS NULL OR "based_on" < "version"));
ALTER TABLE "contract_draft" ADD CONSTRAINT "contract_draft_ready_is_whole" CHECK (("state" = 'READY') = ("definition" IS NOT NULL));

-- What was decided about a held record is decided once; its bytes never change.
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_settled_is_whole" CHECK (
  ("state" = 'HELD') = ("settled_how" IS NULL) AND ("state" = 'HELD') = ("settled_at" IS NULL)) NOT VALID;
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_settled_how" CHECK (
  "settled_how" IS NULL OR ("state" = 'RELEASED' AND "settled_how" IN ('replayed', 'accepted')) OR ("state" = 'DISCARDED' AND "settled_how" = 'discarded'));
ALTER TABLE "quarantine" ADD CONSTRAINT "quarantine_discarded_says_why" CHECK ("state" <> 'DISCARDED' OR length("settled_note") > 0) NOT VALID;
CREATE FUNCTION "assay_quarantine_is_kept"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" <> 'HELD' OR (NEW."project_id", NEW."id", NEW."source_id", NEW."kind", NEW."received_at", NEW."raw_length", NEW."raw_hash")
       IS DISTINCT FROM (OLD."project_id", OLD."id", OLD."source_id", OLD."kind", OLD."received_at", OLD."raw_length", OLD."raw_hash")
     OR NEW."external_id" IS DISTINCT FROM OLD."external_id" OR NEW."raw" IS DISTINCT FROM OLD."raw" THEN
    RAISE EXCEPTION '% keeps what was sent, and is settled once', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END;
$$;
CREATE TRIGGER "quarantine_is_kept" BEFORE UPDATE ON "quarantine" FOR EACH ROW EXECUTE FUNCTION assay_quarantine_is_kept();
