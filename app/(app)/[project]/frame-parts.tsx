"use client";

import { type ComponentProps, lazy, Suspense } from "react";

/* Parts of the frame that are sent with the page and fetched beside it: the review screen weighs no more for them. */

const LateStalls = lazy(async () => ({ default: (await import("./stall-banner")).StallBanner }));
const LateTour = lazy(async () => ({ default: (await import("./tour-part")).TourPart }));

export function StallPart(props: ComponentProps<typeof LateStalls>) {
  return (
    <Suspense>
      <LateStalls {...props} />
    </Suspense>
  );
}

export function TourPart(props: ComponentProps<typeof LateTour>) {
  return (
    <Suspense>
      <LateTour {...props} />
    </Suspense>
  );
}
