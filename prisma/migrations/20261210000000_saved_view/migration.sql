-- CreateEnum
CREATE TYPE "view_kind" AS ENUM ('OUTPUTS', 'ACCURACY');

-- CreateTable
CREATE TABLE "saved_view" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "view_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "owner_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "saved_view_project_id_kind_owner_id_idx" ON "saved_view"("project_id", "kind", "owner_id");

-- CreateIndex
CREATE INDEX "saved_view_owner_id_idx" ON "saved_view"("owner_id");

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user_account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One name, one view: of a person, and of the project.
CREATE UNIQUE INDEX "saved_view_name_key" ON "saved_view" ("project_id", "kind", "owner_id", lower("name")) NULLS NOT DISTINCT;
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_query_is_a_query" CHECK ("query" = '' OR starts_with("query", '?'));
