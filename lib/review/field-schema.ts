import * as z from "zod";

/** RFC 6901: "" is the whole document, "/label" its member. */
const pointer = z
  .string()
  .max(300)
  .regex(/^(\/([^~/]|~[01])*)*$/, "must be a JSON pointer: empty for the whole value, or like /label");

export const FIELD_TYPES = [
  "category",
  "categories",
  "boolean",
  "number",
  "text",
  "date",
  "list",
  "rubric",
] as const;
type Type = (typeof FIELD_TYPES)[number];

/** What only some kinds of answer have. */
const BELONGS: Record<string, { to: readonly Type[]; message: string }> = {
  options: { to: ["category", "categories"], message: "only a category has options" },
  tolerance: { to: ["number", "date"], message: "only numbers and dates have a tolerance" },
  normalise: { to: ["text", "list"], message: "only texts are normalised" },
  similarity: { to: ["text"], message: "only texts can be close enough" },
  overlap: { to: ["categories", "list"], message: "only sets overlap" },
  rubric: { to: ["rubric"], message: "only a rubric has levels" },
  partial_credit: {
    to: ["categories", "list", "text", "rubric"],
    message: "this kind of answer is right or wrong and nothing between",
  },
};

export const answerFieldSchema = z
  .strictObject({
    /** Name in answers; never changes its meaning within a version. */
    key: z
      .string()
      .regex(/^[a-zA-Z0-9_]{1,64}$/, "letters, digits and _ only, at most 64")
      .refine((key) => key !== "__proto__", "is reserved"),
    label: z.string().trim().min(1).max(120),
    /** One or two sentences shown under the field. */
    hint: z.string().max(500).optional(),
    type: z.enum(FIELD_TYPES),
    /** Of a category, or a set of them: what can be answered. */
    options: z
      .array(z.strictObject({ value: z.string().min(1).max(200), label: z.string().min(1).max(200) }))
      .min(2)
      .max(100)
      .optional(),
    /** Where the output has its value (of a rubric: what is scored), and where a truth sent by API has it. */
    output_path: pointer,
    truth_path: pointer,
    /** Of a number: right when within either. Of a date: absolute, in days. */
    tolerance: z
      .strictObject({
        absolute: z.number().min(0).max(1e15).optional(),
        relative: z.number().min(0).max(10).optional(),
      })
      .optional(),
    /** Of a text or the lines of a list: differences that do not count. */
    normalise: z
      .strictObject({
        case: z.boolean().default(true),
        space: z.boolean().default(true),
        punctuation: z.boolean().default(false),
        accents: z.boolean().default(false),
      })
      .optional(),
    /** Of a text: right from this similarity (1 = equal); without it, it must be equal. */
    similarity: z.number().gt(0).max(1).optional(),
    /** Of a set or list: right when what both have is this share of what either has; without it, they must be equal. */
    overlap: z.number().gt(0).max(1).optional(),
    /** Of a score that the reviewer gives after seeing the output: what each level means, from 1 up, and the lowest that is right. */
    rubric: z
      .strictObject({
        anchors: z.array(z.string().max(300)).min(2).max(10),
        right_from: z.int().min(1).max(10),
      })
      .optional(),
    /** A value that is not right counts for its similarity, overlap or level instead of nothing. */
    partial_credit: z.boolean().optional(),
    weight: z.number().positive().max(1000).default(1),
    /** An answer without it is not complete. */
    required: z.boolean().default(true),
  })
  .superRefine((field, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    for (const [part, { to, message }] of Object.entries(BELONGS))
      if (field[part as keyof typeof field] !== undefined && !to.includes(field.type)) problem(part, message);
    const { type, options, rubric } = field;
    if ((type === "category" || type === "categories") && !options)
      problem("options", "a category needs at least two options");
    if (options && new Set(options.map((each) => each.value)).size < options.length)
      problem("options", "two options have the same value");
    if (type === "rubric" && !rubric) problem("rubric", "a rubric needs its levels");
    if (rubric && rubric.right_from > rubric.anchors.length)
      problem("rubric", "the lowest right level is above the highest");
  });
