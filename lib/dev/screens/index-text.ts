import { join } from "node:path";

import type { Shot } from "./shots";
import type { Look } from "./take-shot";

export const LOOKS: readonly Look[] = [
  { device: "desktop", theme: "light" },
  { device: "phone", theme: "light" },
  { device: "desktop", theme: "dark" },
  { device: "phone", theme: "dark" },
  { device: "paper", theme: "light" },
];

/** Pages that people print. */
const ON_PAPER = ["accuracy", "incident"];

export const FOLDER = join("docs", "screens");

/** Whether a picture is made in that look. */
export function isTaken({ device }: Look, { name }: Pick<Shot, "name">): boolean {
  return device !== "paper" || ON_PAPER.includes(name);
}

export function pathOf(look: Look, shot: Pick<Shot, "name">): string {
  return join(FOLDER, fileOf(look, shot));
}

export function fileOf({ device, theme }: Look, { name }: Pick<Shot, "name">): string {
  return `${device}-${theme}/${name}.webp`;
}

/** The index: what is to be seen, and where. */
export function indexText(shots: readonly Shot[]): string {
  const cell = (look: Look, shot: Shot) =>
    isTaken(look, shot) ? `[${look.device}](${fileOf(look, shot)})` : "";
  const rows = shots.map(
    (shot) => `| ${[shot.title, ...LOOKS.map((look) => cell(look, shot))].join(" | ")} |`,
  );
  return `# Pictures of every page

Made by \`npm run screens\`: it starts the product with the simulated demo project and a data folder of its own, goes to every page, takes
the database away for some, and fails when a page is wider than the screen, says something on the console, or has no picture. The dates
are those of the day on which they were made.

| | light | | dark | | printed |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
}
