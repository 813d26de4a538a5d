-- CreateEnum
CREATE TYPE "release_origin" AS ENUM ('TOLD', 'SEEN');

-- AlterTable
ALTER TABLE "release" ADD COLUMN "origin" "release_origin" NOT NULL DEFAULT 'TOLD';

-- A version is seen for the first time once, whatever runs beside it.
CREATE UNIQUE INDEX "release_seen_once" ON "release"("project_id", "model_name", "model_version") WHERE "origin" = 'SEEN';

-- What came before versions were noted.
INSERT INTO "release" ("project_id", "id", "model_name", "model_version", "live_at", "origin")
SELECT "project_id", gen_random_uuid(), coalesce("model_name", 'model'), "model_version", min("occurred_at"), 'SEEN'
FROM "output" WHERE "phase" = 'PRODUCTION' AND "model_version" IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM "release" "told" WHERE "told"."project_id" = "output"."project_id"
    AND "told"."model_name" = coalesce("output"."model_name", 'model') AND "told"."model_version" = "output"."model_version")
GROUP BY 1, 3, 4;
