import { expect, test } from "vitest";
import type { ReviewSetting } from "@/lib/review/setting-schema";
import { draftOf, imageHostError, settingOf } from "./setting-draft";

const setting: ReviewSetting = {
  review_mode: "BLIND_FIRST",
  blind_arm_share: 0.1,
  gold_share: 0.04,
  gold_views: 20,
  repeat_per_week: 3,
  repeat_after_days: 14,
  image_hosts: ["images.example.com", "cdn.example.org"],
};

test("what is shown is what is sent", () => {
  expect(settingOf(draftOf(setting))).toEqual(setting);
  const typed = { ...draftOf(setting), imageHosts: " a.example.com,\n\nb.example.com ; c.example.com\n" };
  expect(settingOf(typed).image_hosts).toEqual(["a.example.com", "b.example.com", "c.example.com"]);
  expect(settingOf({ ...typed, imageHosts: " \n" }).image_hosts).toEqual([]);
});

test("the host that is wrong is named", () => {
  const draft = { ...draftOf(setting), imageHosts: "images.example.com\n*.example.com" };
  expect(imageHostError(draft, { "image_hosts.1": "Write it out." })).toBe(
    "“*.example.com” is no host. Write it out.",
  );
  expect(imageHostError(draft, { image_hosts: "At most 20." })).toBe("At most 20.");
  expect(imageHostError(draft, { gold_share: "Too much." })).toBeUndefined();
});
