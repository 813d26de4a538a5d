import { LinkTabs } from "@/components/ui/tabs";

/** The pages about what comes in. */
export function InputTabs({ slug, current }: { slug: string; current: "records" | "quarantine" | "drift" }) {
  const tabs = [
    { key: "records", href: `/${slug}/input`, label: "Records" },
    { key: "quarantine", href: `/${slug}/input/quarantine`, label: "Quarantine" },
    { key: "drift", href: `/${slug}/input/drift`, label: "Drift" },
  ];
  return (
    <div className="mb-5">
      <LinkTabs label="Input" tabs={tabs} current={tabs.find(({ key }) => key === current)?.href ?? ""} />
    </div>
  );
}
