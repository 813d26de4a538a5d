/* Which Tailwind classes set the same thing. A test holds this list to tailwind-merge for every class that the sources use. */

const LENGTH = String.raw`(\d[\d./]*|px|\[[^\]]*\d[^\]]*\])`;

/** Group and the classes in it; the first that fits counts. */
const GROUPS: readonly (readonly [string, RegExp])[] = [
  [
    "display",
    /^(block|inline|inline-block|flex|inline-flex|grid|inline-grid|table|table-cell|table-row|contents|hidden|flow-root|list-item)$/,
  ],
  ["position", /^(static|fixed|absolute|relative|sticky)$/],
  ["visibility", /^(visible|invisible|collapse)$/],
  ["sr", /^(not-)?sr-only$/],
  ["font-style", /^(not-)?italic$/],
  ["decoration", /^(underline|overline|line-through|no-underline)$/],
  ["transform", /^(uppercase|lowercase|capitalize|normal-case)$/],
  ["text-overflow", /^(truncate|text-ellipsis|text-clip)$/],
  ["font-size", /^text-(2xs|xs|sm|base|lg|\d?xl|\[\d[^\]]*\])(\/.+)?$/],
  ["text-align", /^text-(left|center|right|justify|start|end)$/],
  ["text-wrap", /^text-(wrap|nowrap|balance|pretty)$/],
  ["text-color", /^text-/],
  ["list-position", /^list-(inside|outside)$/],
  ["font-weight", /^font-(thin|light|normal|medium|semibold|bold)$/],
  ["font-family", /^font-(sans|serif|mono)$/],
  ["flex-direction", /^flex-(row|col)(-reverse)?$/],
  ["flex-wrap", /^flex-(no)?wrap$/],
  ["flex", /^flex-/],
  ["border-collapse", /^border-(collapse|separate)$/],
  ["border-style", /^border-(solid|dashed|dotted|double|hidden|none)$/],
  ["border-w", new RegExp(`^border(-${LENGTH})?$`)],
  ["border-w-$1", new RegExp(`^border-([xytrblse])(-${LENGTH})?$`)],
  ["border-color-$1", /^border-([xytrblse])-/],
  ["border-color", /^border-/],
  ["outline-style", /^outline-(solid|dashed|dotted|double|none|hidden)$/],
  ["outline-offset", /^outline-offset-/],
  ["outline-w", new RegExp(`^outline(-${LENGTH})?$`)],
  ["outline-color", /^outline-/],
  ["decoration-style", /^decoration-(solid|dashed|dotted|double|wavy)$/],
  ["decoration-w", /^decoration-(\d+|from-font|auto)$/],
  ["decoration-color", /^decoration-/],
  ["ring-w", new RegExp(`^ring(-${LENGTH})?$`)],
  ["ring-color", /^ring-/],
  ["divide-$1", new RegExp(`^divide-([xy])(-${LENGTH})?$`)],
  ["divide-color", /^divide-/],
  ["shadow", /^shadow(-(2xs|xs|sm|md|lg|\d?xl|none|raised|float|\[.+\]))?$/],
  ["stroke-w", /^stroke-\d/],
  ["rounded", /^rounded(-(none|full|2?xs|sm|md|lg|\d?xl|\[.+\]))?$/],
  ["rounded-$1", /^rounded-([trblse]|[trbl][lr])(-.+)?$/],
  ["col-span", /^col-(span-|auto)/],
  ["row-span", /^row-(span-|auto)/],
  ["justify", /^justify-(?!items-|self-)/],
  ["items", /^items-/],
  ["content", /^content-(normal|start|end|center|between|around|evenly|stretch|baseline)$/],
  ["object-fit", /^object-(contain|cover|fill|none|scale-down)$/],
  ["bg-color", /^bg-(?!none|\[(?!var)|clip-|origin-|gradient|linear|repeat|no-)/],
  ["break", /^break-(normal|words|all|keep)$/],
  ["transition", /^transition(-|$)/],
  ["fvn-spacing", /^(proportional|tabular)-nums$/],
  ["$1", /^(grow|shrink|resize|blur)$/],
  [
    "$1",
    /^(self|order|z|grow|shrink|basis|size|[wh]|(?:min|max)-[wh]|p[xytrblse]?|m[xytrblse]?|gap(?:-[xy])?|space-[xy]|inset(?:-[xy])?|top|right|bottom|left|grid-(?:cols|rows|flow)|(?:col|row)-(?:start|end)|justify-(?:items|self)|place-(?:items|content|self)|overflow(?:-[xy])?|overscroll(?:-[xy])?|scroll-m[xytrbl]?|leading|tracking|whitespace|cursor|select|pointer-events|opacity|float|duration|delay|ease|animate|rotate|scale|translate-[xy]|backdrop-blur|blur|brightness|fill|stroke|underline-offset|list|align|line-clamp|appearance|resize|touch|accent|aspect|field-sizing|will-change)-/,
  ],
];

/** What a group overrides beside itself. */
const OVERRIDES: Readonly<Record<string, readonly string[]>> = {
  p: ["px", "py", "ps", "pe", "pt", "pr", "pb", "pl"],
  px: ["pr", "pl"],
  py: ["pt", "pb"],
  m: ["mx", "my", "ms", "me", "mt", "mr", "mb", "ml"],
  mx: ["mr", "ml"],
  my: ["mt", "mb"],
  size: ["w", "h"],
  gap: ["gap-x", "gap-y"],
  inset: ["inset-x", "inset-y", "top", "right", "bottom", "left"],
  "inset-x": ["right", "left"],
  "inset-y": ["top", "bottom"],
  overflow: ["overflow-x", "overflow-y"],
  overscroll: ["overscroll-x", "overscroll-y"],
  flex: ["basis", "grow", "shrink"],
  "font-size": ["leading"],
  "line-clamp": ["display", "overflow"],
  rounded: ["t", "r", "b", "l", "s", "e", "tl", "tr", "bl", "br"].map((side) => `rounded-${side}`),
  "rounded-t": ["rounded-tl", "rounded-tr"],
  "rounded-r": ["rounded-tr", "rounded-br"],
  "rounded-b": ["rounded-br", "rounded-bl"],
  "rounded-l": ["rounded-tl", "rounded-bl"],
  "border-w": ["x", "y", "t", "r", "b", "l", "s", "e"].map((side) => `border-w-${side}`),
  "border-w-x": ["border-w-r", "border-w-l"],
  "border-w-y": ["border-w-t", "border-w-b"],
  "border-color": ["x", "y", "t", "r", "b", "l", "s", "e"].map((side) => `border-color-${side}`),
  "border-color-x": ["border-color-r", "border-color-l"],
  "border-color-y": ["border-color-t", "border-color-b"],
  "scroll-m": ["scroll-mx", "scroll-my", "scroll-mt", "scroll-mr", "scroll-mb", "scroll-ml"],
};

const known = new Map<string, readonly string[]>();

/** What a class sets and what it overrides, with its conditions (`sm:`, `hover:`); empty for a class that this does not know. */
export function groupsOf(className: string): readonly string[] {
  const before = known.get(className);
  if (before) return before;
  const groups = readGroups(className);
  known.set(className, groups);
  return groups;
}

function readGroups(className: string): readonly string[] {
  const parts = className.split(/:(?![^[]*\])/);
  const conditions = parts.slice(0, -1).join(":");
  const plain = (parts.at(-1) ?? "").replaceAll(/^[!-]|!$/g, "").replace(/^-/, "");
  for (const [name, pattern] of GROUPS) {
    const found = pattern.exec(plain);
    if (!found) continue;
    const group = name.replace("$1", found[1] ?? "");
    return [group, ...(OVERRIDES[group] ?? [])].map((each) => `${conditions}:${each}`);
  }
  return [];
}
