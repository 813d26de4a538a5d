import { expect, test } from "vitest";
import { answerDefinitionSchema } from "@/lib/review/schema";
import { freshItem } from "./fresh-item";
import { swipeMeaning } from "./swipe-meaning";
import { makeItem, makeRevealed } from "./testing/make-item";
import { twoWayField } from "./two-way-field";

const YES_NO = answerDefinitionSchema.parse({
  fields: [{ key: "ok", label: "Right?", type: "boolean", output_path: "/ok", truth_path: "/ok" }],
});
const blind = () => {
  const item = makeItem("a");
  return freshItem({ ...item, form: { ...item.form, definition: YES_NO } });
};

test("left is the left answer and right the right one, as they stand on the screen", () => {
  expect(swipeMeaning(blind(), "left")).toEqual({ do: "answer", label: "Yes", field: "ok", value: true });
  expect(swipeMeaning(blind(), "right")).toEqual({ do: "answer", label: "No", field: "ok", value: false });
});

test("with the output in view, left goes on and right does nothing", () => {
  const seen = freshItem(makeItem("a", makeRevealed("INCORRECT")));
  expect(swipeMeaning(seen, "left")).toEqual({ do: "submit", label: "Submit and next" });
  expect(swipeMeaning(seen, "right")).toBeNull();
});

test("several questions, more answers, or an item that is lost are not swiped", () => {
  expect(swipeMeaning(freshItem(makeItem("a")), "left")).toBeNull();
  expect(swipeMeaning({ ...blind(), lost: true }, "left")).toBeNull();
  const options = ["a", "b", "c"].map((value) => ({ value, label: value }));
  const of = (count: number) =>
    answerDefinitionSchema.parse({
      fields: [
        {
          key: "k",
          label: "K",
          type: "category",
          options: options.slice(0, count),
          output_path: "/k",
          truth_path: "/k",
        },
      ],
    }).fields;
  expect(twoWayField(of(2))?.key).toBe("k");
  expect(twoWayField(of(3))).toBeNull();
});
