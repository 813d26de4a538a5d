import { readFile } from "node:fs/promises";
import { join } from "node:path";

const PACKAGES = join(process.cwd(), "node_modules");
const holder = globalThis as typeof globalThis & { assayRaster?: Promise<Uint8Array> };

/** An SVG picture as PNG, which mail programs show; they show no SVG. Text is set in the product's own typeface. */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  holder.assayRaster ??= (async () => {
    await initWasm(await readFile(join(PACKAGES, "@resvg", "resvg-wasm", "index_bg.wasm")));
    return readFile(join(PACKAGES, "geist", "dist", "fonts", "geist-sans", "Geist-Regular.ttf"));
  })();
  const font = await holder.assayRaster;
  const raster = new Resvg(svg, {
    font: { fontBuffers: [font], defaultFontFamily: "Geist", loadSystemFonts: false },
  });
  try {
    return raster.render().asPng();
  } finally {
    raster.free();
  }
}
