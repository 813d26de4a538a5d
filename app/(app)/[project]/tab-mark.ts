/** The mark of the product with a dot that is cut out of it: something is open, also where colours are not seen. */
const OPEN_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<mask id="m"><path fill="#fff" d="M0 0h32v32H0z"/><circle cx="24" cy="8" r="10" fill="#000"/></mask>
<g mask="url(#m)"><rect width="32" height="32" rx="8" fill="#2e5bd0"/>
<path d="M5 12h6.5l5.5 4.5 4.5 6.5H27" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></g>
<circle cx="24" cy="8" r="7.5" fill="#c94526"/></svg>`;

/** What a tab says about a project without being looked at: its name, how many incidents are open, and a sign on its icon. */
export function tabMark(name: string, openIncidents: number) {
  const title = { default: name, template: `%s · ${name}` };
  if (openIncidents === 0) return { title };
  return {
    title: { default: `(${openIncidents}) ${name}`, template: `(${openIncidents}) %s · ${name}` },
    icons: { icon: { url: `data:image/svg+xml,${encodeURIComponent(OPEN_ICON)}`, type: "image/svg+xml" } },
  };
}
