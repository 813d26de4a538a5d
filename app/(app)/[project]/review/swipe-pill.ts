const PILL =
  "pointer-events-none fixed top-1/3 left-1/2 z-40 -translate-x-1/2 rounded-full border border-line-strong px-5 py-2.5 text-lg font-semibold shadow-float opacity-0 transition-opacity duration-100 motion-reduce:transition-none";
const NOT_YET = ["bg-overlay", "text-ink"];
const REACHED = ["bg-accent", "text-on-accent"];

/** The word that says what letting go does; coloured once it does it. */
export function swipePill() {
  const pill = document.createElement("div");
  pill.className = PILL;
  pill.setAttribute("aria-hidden", "true");
  document.body.append(pill);
  return {
    show: (text: string, reached: boolean) => {
      pill.textContent = text;
      pill.style.opacity = reached ? "1" : "0.8";
      pill.classList.remove(...(reached ? NOT_YET : REACHED));
      pill.classList.add(...(reached ? REACHED : NOT_YET));
    },
    hide: () => {
      pill.style.opacity = "0";
    },
    remove: () => pill.remove(),
  };
}
