import { cn } from "./class-names";

/** Holds the place of what is still loading; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn("animate-pulse rounded-md bg-hover", className)} />;
}

/** A whole area that loads: announces itself once. */
export function Loading({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}

/** Parts of a page one below the other while they load, each with the height of what comes. */
export function LoadingParts({ label, parts }: { label: string; parts: readonly string[] }) {
  return (
    <Loading label={label}>
      <div className="flex flex-col gap-4">
        {parts.map((size, at) => (
          <Skeleton key={at} className={cn("w-full", size)} />
        ))}
      </div>
    </Loading>
  );
}
