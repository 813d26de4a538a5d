import { svgText } from "./svg-text";

export interface BadgeText {
  label: string;
  text: string;
  tone: "plain" | "alarm" | "unknown";
}

/** White on each of them has a contrast of at least 4.5. */
const COLOURS: Record<BadgeText["tone"], string> = { plain: "#1d4ed8", alarm: "#b42318", unknown: "#5f6672" };
const HEIGHT = 20;
const PADDING = 7;
/** Of a letter at this size; the browser fits the text into what was reckoned. */
const LETTER = 6.6;

/** A badge as an SVG picture of 20 pixels height: what is measured on the left, the finding in words on the right. No script, no style. */
export function badge({ label, text, tone }: BadgeText): string {
  const [left, right] = [label, text].map((each) => Math.round(Array.from(each).length * LETTER)) as [
    number,
    number,
  ];
  const [leftWidth, rightWidth] = [left + 2 * PADDING, right + 2 * PADDING];
  const width = leftWidth + rightWidth;
  const said = svgText(`${label}: ${text}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${said}">`,
    `<title>${said}</title>`,
    `<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${leftWidth}" height="${HEIGHT}" fill="#3f3f46"/>`,
    `<rect x="${leftWidth}" width="${rightWidth}" height="${HEIGHT}" fill="${COLOURS[tone]}"/></g>`,
    `<g fill="#ffffff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">`,
    `<text x="${PADDING}" y="14" textLength="${left}" lengthAdjust="spacingAndGlyphs">${svgText(label)}</text>`,
    `<text x="${leftWidth + PADDING}" y="14" textLength="${right}" lengthAdjust="spacingAndGlyphs">${svgText(text)}</text>`,
    "</g></svg>",
  ].join("");
}
