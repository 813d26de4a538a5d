-- AlterTable
ALTER TABLE "review_occasion" ADD COLUMN     "mistaken" BOOLEAN NOT NULL DEFAULT false;

-- Below: what Prisma's schema language cannot say.

-- A known item that turns out to be wrong is retired as mistaken: it counts for nobody. Nothing else of it changes.
CREATE OR REPLACE FUNCTION "assay_occasion_is_fixed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'retired_at' - 'note' - 'mistaken' IS DISTINCT FROM to_jsonb(OLD) - 'retired_at' - 'note' - 'mistaken' THEN
    RAISE EXCEPTION '% can only be retired', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END;
$$;
ALTER TABLE "review_occasion" ADD CONSTRAINT "review_occasion_mistaken_is_retired" CHECK (NOT "mistaken" OR "retired_at" IS NOT NULL);
