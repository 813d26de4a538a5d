import type { ReviewSetting } from "@/lib/review/setting-schema";
import { rounded } from "@/lib/core/format";

/** The form's fields as typed; shares in percent. */
export interface SettingDraft {
  mode: ReviewSetting["review_mode"];
  blindArm: string;
  goldShare: string;
  goldViews: string;
  repeatPerWeek: string;
  repeatAfterDays: string;
  /** One a line. */
  imageHosts: string;
}

export function draftOf(setting: ReviewSetting): SettingDraft {
  return {
    mode: setting.review_mode,
    blindArm: hundredfold(setting.blind_arm_share),
    goldShare: hundredfold(setting.gold_share),
    goldViews: String(setting.gold_views),
    repeatPerWeek: String(setting.repeat_per_week),
    repeatAfterDays: String(setting.repeat_after_days),
    imageHosts: setting.image_hosts.join("\n"),
  };
}

/** What is sent. An empty field is no zero: it is sent as it is, and the API says so. */
export function settingOf(draft: SettingDraft): Record<keyof ReviewSetting, string | number | string[]> {
  return {
    review_mode: draft.mode,
    blind_arm_share: hundredth(draft.blindArm),
    gold_share: hundredth(draft.goldShare),
    gold_views: numberOf(draft.goldViews),
    repeat_per_week: numberOf(draft.repeatPerWeek),
    repeat_after_days: numberOf(draft.repeatAfterDays),
    image_hosts: hostsOf(draft),
  };
}

function hostsOf({ imageHosts }: SettingDraft): string[] {
  return imageHosts.split(/[\s,;]+/).filter((host) => host !== "");
}

/** What is wrong with the list, and with which host; the API names its place. */
export function imageHostError(
  draft: SettingDraft,
  errors: Readonly<Record<string, string>>,
): string | undefined {
  const [place, sentence] = Object.entries(errors).find(([key]) => key.startsWith("image_hosts")) ?? [];
  const host = place && hostsOf(draft)[Number(place.split(".")[1])];
  return host ? `“${host}” is no host. ${sentence}` : sentence;
}

function hundredfold(share: number): string {
  return String(rounded(share * 100, 4));
}

function hundredth(text: string): number | "" {
  const number = numberOf(text);
  return number === "" ? "" : rounded(number / 100, 6);
}

function numberOf(text: string): number | "" {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? "" : number;
}
