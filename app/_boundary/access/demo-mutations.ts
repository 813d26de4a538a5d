import { makeProject } from "@/lib/testing/make-project";
import type { Mutation } from "./mutations";
import type { World } from "./world";

/** One simulated project is made at a time, and one that is there can be erased. */
export const DEMO_MUTATIONS: Readonly<Record<string, (world: World) => Promise<Mutation>>> = {
  "POST /api/v1/demo": async ({ db }) => {
    await db.demoRun.deleteMany();
    return {};
  },
  "DELETE /api/v1/demo": async ({ db }) => {
    await db.demoRun.deleteMany();
    await makeProject(db, { isDemo: true });
    return {};
  },
};
