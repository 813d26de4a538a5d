import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { entriesOf, pathsOfTree } from "@/app/_boundary/access/surface";
import { version } from "@/package.json";
import { pointerValue } from "@/lib/core/json-pointer";
import { machineDoors } from "@/lib/ingest/doors";
import { makeRecord, makeSendingProject, serveDoors } from "@/lib/ingest/testing/open-ingest";
import { testDatabase } from "@/lib/testing/database";
import { isForSystems, openApiDocument } from "./document";
import { DESCRIBED_DOORS } from "./doors";

const { db } = await testDatabase();
const send = await serveDoors();
const entries = await entriesOf(process.cwd(), pathsOfTree(process.cwd()), machineDoors);

/** After a change of a route: npx vitest run app/_boundary/openapi -u */
test("the description that is served is made from the routes as they are", async () => {
  const document = openApiDocument(entries, version);
  await expect(`${JSON.stringify(document, null, 1)}\n`).toMatchFileSnapshot(
    "../../api/v1/openapi.json/document.json",
  );
});

test("every route for systems says in one sentence what it is for, under a name of its own", () => {
  const described = entries.filter(isForSystems);
  const silent = described.filter(({ kind, declaration }) => kind === "route" && !declaration?.summary);
  expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  const { paths } = openApiDocument(entries, version) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const names = Object.values(paths).flatMap((each) =>
    Object.values(each).map(({ operationId }) => operationId),
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBe(described.length);
  expect(names.length).toBeGreaterThan(20);
});

test("what the description refers to is in it", () => {
  const document = openApiDocument(entries, version);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, each]) => each ?? "",
  );
  const lost = references.filter((each) => pointerValue(document, each.slice(1)) === undefined);
  expect(lost).toEqual([]);
  expect(references.length).toBeGreaterThan(100);
});

/** As a document writes an address: names of parameters differ, and the project's own address is "…". */
const anyName = (path: string) => path.replaceAll(/[[{][^\]}]+[\]}]/g, "{}");

test("docs/interface.md names every route that a key can call, and none that does not exist", () => {
  const paths = entries.map(({ path }) => anyName(path));
  const text = readFileSync("docs/interface.md", "utf8");
  const named = [...text.matchAll(/(…|(?<=[`\s])\/api\/v1)(\/[a-z][\w.{}/-]*)/g)].map(([, root, rest]) =>
    anyName(`${root === "…" ? "" : root}${(rest ?? "").replace(/[./]$/, "")}`),
  );
  const missing = (all: readonly string[]) =>
    named.filter((each) => !all.some((path) => path.endsWith(each)));
  expect(missing(paths)).toEqual([]);
  expect(missing(paths.filter((path) => !path.endsWith("/plan")))).toContain("/plan");
  const unnamed = entries
    .filter(isForSystems)
    .map(({ path }) => anyName(path))
    .filter((path) => !named.some((each) => each !== "" && path.endsWith(each)));
  expect(unnamed).toEqual([]);
  expect(named.length).toBeGreaterThan(50);
});

test("a route without its sentence, and a door that nobody described, are seen", () => {
  const door = {
    kind: "door",
    method: "POST",
    path: "/api/v1/unheard",
    file: "",
    declaration: null,
    gate: null,
  } as const;
  expect(() => openApiDocument([door], version)).toThrow("/api/v1/unheard is not described");
});

for (const [path, door] of Object.entries(DESCRIBED_DOORS)) {
  if (door.scope === null) continue;
  test(`${path} takes its example and answers in the described shape`, async () => {
    const { token } = await makeSendingProject(db, { recorded: true });
    const bodies = door.many
      ? [door.example, [door.example, makeRecord(), 7], { batch: [door.example] }]
      : [door.example];
    for (const body of bodies) {
      const { status, body: answer } = await send(body, { token, path });
      const shape = door.answers[status];
      expect(shape, `${status} ${JSON.stringify(answer)}`).toBeDefined();
      expect(shape?.safeParse(answer).error?.issues ?? []).toEqual([]);
    }
    if (door.body) expect(door.body.safeParse(door.example).error?.issues ?? []).toEqual([]);
  });
}
