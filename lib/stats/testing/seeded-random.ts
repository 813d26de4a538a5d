export { seededRandom } from "@/lib/stats/seeded-random";
