import { z } from "zod";
import { defineRoute } from "@/app/_boundary/route";
import { listPeople } from "@/lib/project/people-queries";
import { personSchema } from "@/lib/project/schema";

export const GET = defineRoute({
  policy: { instance: "instance.manage" },
  response: z.object({ people: z.array(personSchema) }),
  handler: async ({ ctx }) => ({ people: await listPeople(ctx) }),
});
