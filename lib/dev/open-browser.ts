import { type Browser, chromium } from "@playwright/test";
import { ensureBrowser } from "./browser.mjs";

/** Chromium for pictures and benchmarks, installed when there is none. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, env } = await ensureBrowser();
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env },
    args: ["--disable-gpu", "--disable-quic", ...root],
  });
}
