-- AlterTable
ALTER TABLE "contract_breaker" ADD COLUMN     "episode_id" UUID;
-- Those of before were told of one by one.
UPDATE "contract_breaker" SET "episode_id" = "id";
ALTER TABLE "contract_breaker" ALTER COLUMN "episode_id" SET NOT NULL;

-- CreateIndex
CREATE INDEX "contract_breaker_project_id_episode_id_idx" ON "contract_breaker"("project_id", "episode_id");

-- CreateIndex
CREATE INDEX "quarantine_project_id_output_id_idx" ON "quarantine"("project_id", "output_id");
