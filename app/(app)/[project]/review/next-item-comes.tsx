import { Loading, Skeleton } from "@/components/ui/skeleton";

/** Said by the style sheet alone, so that it is also said when the page's script never arrives. */
const LATE =
  "A script of this page has not arrived. Nothing is lost: load the page again, and if that does not help, look whether something blocks scripts from this address.";

/** Only at the beginning: later the item before stays until the next one is there. */
export function NextItemComes() {
  return (
    <Loading label="The next item is loading">
      <p className="appears-late rounded-md bg-warn-soft text-sm text-ink">{LATE}</p>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-5">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-11/12" />
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-40 w-full" />
        </div>
        <div className="flex h-fit flex-col gap-3 rounded-lg border border-line bg-surface p-5">
          <Skeleton className="h-5 w-3/5" />
          <Skeleton className="h-12 w-full" />
          <Skeleton className="h-12 w-full" />
          <Skeleton className="mt-4 h-10 w-full" />
        </div>
      </div>
    </Loading>
  );
}
