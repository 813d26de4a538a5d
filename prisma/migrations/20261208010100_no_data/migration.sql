-- AlterTable
ALTER TABLE "silence" ADD COLUMN     "given_up" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "source_id" UUID;

-- AlterTable
ALTER TABLE "silence_watch" ADD COLUMN     "checked_at" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "silence" ADD CONSTRAINT "silence_project_id_source_id_fkey" FOREIGN KEY ("project_id", "source_id") REFERENCES "source"("project_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One silence at a time of a project, and of each of its sources, whoever notices it.
DROP INDEX "silence_open_key";
CREATE UNIQUE INDEX "silence_open_key" ON "silence"("project_id", (COALESCE("source_id", "project_id"))) WHERE "ended_at" IS NULL;
