"use client";

import { LateFailure } from "@/components/shell/late-failure";

export default function ProjectError({ error, retry }: { error: unknown; retry: () => void }) {
  return <LateFailure framed error={error} retry={retry} />;
}
