/** Foreign words as text of an SVG picture: no mark of XML, and no character that XML does not allow. */
export function svgText(text: string): string {
  const allowed = Array.from(text).filter((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return (
      code >= 0x20 && !(code >= 0x7f && code <= 0x9f) && !(code >= 0xd800 && code <= 0xdfff) && code < 0xfffe
    );
  });
  return allowed
    .join("")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
