import type { ReactNode } from "react";

import { AccountMenu } from "@/app/(app)/account-menu";
import { instanceContext } from "@/app/_boundary/session";
import { PlainPage } from "@/components/shell/plain-page";
import { TextLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";

import { ControlSamples } from "./control-samples";
import { DataSamples } from "./data-samples";
import { LayerSamples } from "./layer-samples";
import { SAMPLE_SEGMENTS, SAMPLE_SERIES } from "./sample-data";
import { SampleChart } from "./sample-chart";
import { StateSamples } from "./state-samples";
import { TokenSamples } from "./token-samples";

export const metadata = { title: "Design language" };

/** Everything that pages are made of, in all of its states. Nothing here does anything, and its numbers are made up. */
export default async function DesignPage() {
  const { actor } = await instanceContext("instance.manage");
  return (
    <PlainPage width="lg" actions={<AccountMenu actor={actor} />}>
      <PageHeader
        back={<TextLink href="/admin">People</TextLink>}
        title="Design language"
        description="What pages are made of: names for sizes and colours, and each part in all of its states. Nothing here does anything, and all numbers are made up."
      />
      <div className="flex flex-col gap-10" data-sample="">
        <Part title="Type, spacing, colour, depth">
          <TokenSamples />
        </Part>
        <Part title="Buttons and fields">
          <ControlSamples />
        </Part>
        <Part title="States and messages">
          <StateSamples />
        </Part>
        <Part title="Tables and numbers">
          <DataSamples segments={SAMPLE_SEGMENTS} />
        </Part>
        <Part title="Charts">
          <SampleChart series={SAMPLE_SERIES} />
        </Part>
        <Part title="Dialogs, menus, messages">
          <LayerSamples />
        </Part>
      </div>
    </PlainPage>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-lg font-semibold text-ink">{title}</h2>
      {children}
    </section>
  );
}
