import { Loading, Skeleton } from "@/components/ui/skeleton";

/** In the place of one finding. */
export function CardSkeleton({ label }: { label: string }) {
  return (
    <Loading label={label}>
      <Skeleton className="h-72 w-full" />
    </Loading>
  );
}

/** In the place of everything below the head of the page. */
export function TrendSkeleton() {
  return (
    <Loading label="Loading the accuracy">
      <div className="flex flex-col gap-4">
        <Skeleton className="h-[5.5rem] w-full" />
        <Skeleton className="h-[33rem] w-full" />
        <Skeleton className="h-96 w-full" />
      </div>
    </Loading>
  );
}
