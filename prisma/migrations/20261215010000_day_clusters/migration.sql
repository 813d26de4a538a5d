-- AlterTable
ALTER TABLE "input_day" ADD COLUMN     "cluster_size" DOUBLE PRECISION;
