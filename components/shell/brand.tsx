/** The mark: a line that stays level and then sinks. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M5 9.5h7.5l5.5 5 4 5.5h5v6H19l-4.5-7-4-3.5H5z" fill="#fff" fillOpacity=".28" />
      <path
        d="M5 12h6.5l5.5 4.5 4.5 6.5H27"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 text-base font-semibold tracking-tight text-ink">
      <BrandMark className="size-6" />
      Assay
    </span>
  );
}
