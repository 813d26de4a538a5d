import { newId } from "@/lib/core/id";
import type { Prisma, PrismaClient } from "@/lib/db/generated/client";
import { sealChannelSecret } from "@/lib/alert/channel-secret";

export const TEST_SECRET = `whsec_${Buffer.from("a signing secret for the tests..").toString("base64")}`;

/** A webhook channel that is told of everything at once. Returns its id. */
export async function makeChannel(
  db: PrismaClient,
  project: { id: string },
  settings: Partial<Prisma.AlertChannelUncheckedCreateInput> & { secret?: string | null } = {},
): Promise<string> {
  const { secret = TEST_SECRET, ...columns } = settings;
  const id = newId();
  const destination = columns.destination ?? "https://hooks.example.com/assay";
  await db.alertChannel.create({
    data: {
      projectId: project.id,
      id,
      kind: "WEBHOOK",
      name: "#ops",
      destination,
      sealedSecret:
        secret === null ? null : sealChannelSecret({ projectId: project.id, id, destination }, secret),
      routes: [{ severity: "any", attribute: "", value: "", timing: "at_once" }],
      ...columns,
    },
  });
  return id;
}

/** A delivery that was given up, to a channel of its own. Returns its id. */
export async function makeDelivery(
  db: PrismaClient,
  project: { id: string; slug: string; name: string },
  title: string,
  settings: Partial<Prisma.AlertDeliveryUncheckedCreateInput> = {},
): Promise<string> {
  const id = newId();
  const { slug, name } = project;
  const message = {
    title,
    lines: [],
    severity: "warning",
    link: null,
    project: { slug, name },
    incident: null,
    parts: [],
  };
  await db.alertDelivery.create({
    data: {
      projectId: project.id,
      id,
      channelId: settings.channelId ?? (await makeChannel(db, project)),
      key: `made:${id}`,
      kind: "notice",
      message,
      state: "DEAD",
      dueAt: new Date(),
      settledAt: new Date(),
      ...settings,
    },
  });
  return id;
}
