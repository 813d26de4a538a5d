import { TriangleAlert } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Loading, Skeleton } from "@/components/ui/skeleton";

const TONES = ["neutral", "accent", "good", "warn", "alarm", "picked", "outline"] as const;
const BANNERS = [
  ["info", "A fact about this page"],
  ["good", "It is in order again"],
  ["warn", "Somebody should look"],
  ["picked", "Picked by hand, apart from all that is measured"],
] as const;

/** How a page says what is so: in a word, in a sentence, instead of what is not there. */
export function StateSamples() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Badges" description="One or two words; an icon where the state matters">
        <div className="flex flex-wrap gap-2">
          {TONES.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          <Badge tone="alarm">
            <TriangleAlert aria-hidden="true" className="size-3" />
            Open
          </Badge>
        </div>
      </Card>
      <Card title="Loading" description="The place is kept, so that nothing moves">
        <div>
          <Loading label="A sample that does not end">
            <div className="flex flex-col gap-2">
              <Skeleton className="h-4 w-2/3" />
              <Skeleton className="h-4 w-full" />
              <Skeleton className="h-16 w-full" />
            </div>
          </Loading>
        </div>
      </Card>
      <div className="flex flex-col gap-2 lg:col-span-2">
        {BANNERS.map(([tone, title]) => (
          <Banner key={tone} tone={tone} title={title} actions={<Button size="sm">Act</Button>}>
            It stays until its cause is gone.
          </Banner>
        ))}
      </div>
      <Card title="Nothing there yet">
        <EmptyState title="No output has come in yet" actions={<Button variant="primary">Make a key</Button>}>
          Says why, and gives the next step.
        </EmptyState>
      </Card>
      <Card title="It failed">
        <ErrorState
          title="This part failed"
          requestId="made-up-reference"
          actions={<Button>Try again</Button>}
        >
          Nothing was changed.
        </ErrorState>
      </Card>
    </div>
  );
}
