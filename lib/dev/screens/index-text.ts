import type { Shot } from "./shots";
import type { Look } from "./take-shot";

export const LOOKS: readonly Look[] = [
  { device: "desktop", theme: "light" },
  { device: "phone", theme: "light" },
  { device: "desktop", theme: "dark" },
  { device: "phone", theme: "dark" },
];

/** Pictures in dark that are kept with the project; the others are made, and left out of it, because of their size. */
export const KEPT_IN_DARK = ["overview", "accuracy", "incident", "review", "outputs", "palette"];

export function fileOf({ device, theme }: Look, { name }: Pick<Shot, "name">): string {
  return `${device}-${theme}/${name}.webp`;
}

/** The index: what is to be seen, and where. */
export function indexText(shots: readonly Shot[]): string {
  const cell = (look: Look, shot: Shot) =>
    look.theme === "light" || KEPT_IN_DARK.includes(shot.name)
      ? `[${look.device}](${fileOf(look, shot)})`
      : "";
  const rows = shots.map(
    (shot) => `| ${[shot.title, ...LOOKS.map((look) => cell(look, shot))].join(" | ")} |`,
  );
  return `# Pictures of every page

Made by \`npm run screens\`: it starts the product with the simulated demo project and a data folder of its own, goes to every page, and
fails when a page is wider than the screen, says something on the console, or has no picture. The dates are those of the day on which
they were made. Of the dark ones, those below are kept here; the command makes all.

| | light | | dark | |
|---|---|---|---|---|
${rows.join("\n")}
`;
}
