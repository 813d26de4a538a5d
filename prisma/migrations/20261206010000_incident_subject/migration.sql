-- AlterTable
ALTER TABLE "incident" ADD COLUMN     "subject" TEXT NOT NULL DEFAULT '';


-- Below: what Prisma's schema language cannot say.

-- One incident at a time about one thing: whoever comes second finds it.
DROP INDEX "incident_open_key";
CREATE UNIQUE INDEX "incident_open_key" ON "incident" ("project_id", "kind", "attribute", "value", "subject") WHERE "state" <> 'RESOLVED';
