"use client";

import { LateFailure } from "@/components/shell/late-failure";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <LateFailure error={error} retry={retry} />;
}
