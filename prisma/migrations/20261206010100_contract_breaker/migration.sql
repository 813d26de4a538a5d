-- CreateTable
CREATE TABLE "contract_count" (
    "project_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "code" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "records" INTEGER NOT NULL,

    CONSTRAINT "contract_count_pkey" PRIMARY KEY ("project_id","version","minute","code","path")
);

-- CreateTable
CREATE TABLE "contract_breaker" (
    "project_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "records" INTEGER NOT NULL,
    "hits" INTEGER NOT NULL,
    "expected" DOUBLE PRECISION NOT NULL,
    "paths" JSONB NOT NULL,
    "holding" BOOLEAN NOT NULL DEFAULT false,
    "sender_fault" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_how" TEXT,

    CONSTRAINT "contract_breaker_pkey" PRIMARY KEY ("project_id","id")
);

-- CreateIndex
CREATE INDEX "contract_breaker_project_id_opened_at_idx" ON "contract_breaker"("project_id", "opened_at");

-- AddForeignKey
ALTER TABLE "contract_count" ADD CONSTRAINT "contract_count_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contract_breaker" ADD CONSTRAINT "contract_breaker_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Below: what Prisma's schema language cannot say.

-- One breaker of a code is open at a time, whichever server sees it first.
CREATE UNIQUE INDEX "contract_breaker_open_key" ON "contract_breaker" ("project_id", "code") WHERE "closed_at" IS NULL;
ALTER TABLE "contract_breaker" ADD CONSTRAINT "contract_breaker_closed_is_whole" CHECK (
  ("closed_at" IS NULL) = ("closed_how" IS NULL) AND ("closed_how" IS NULL OR "closed_how" IN ('fell_back', 'published')));
ALTER TABLE "contract_breaker" ADD CONSTRAINT "contract_breaker_counts" CHECK ("hits" BETWEEN 0 AND "records" AND "expected" BETWEEN 0 AND 1);
