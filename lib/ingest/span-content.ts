import {
  type Attributes,
  contentText,
  objectText,
  type OtlpSpan,
  type OtlpValue,
  valueText,
} from "./otlp-value";

/* What a span says about an output, by the names of OpenTelemetry GenAI, OpenInference, the Vercel AI SDK and MLflow. */

const MESSAGES = "gen_ai.input.messages";
const INSTRUCTIONS = "gen_ai.system_instructions";
const FLAT_MESSAGES = "llm.input_messages";
/** First hit wins. */
const INPUTS = [
  "assay.input",
  MESSAGES,
  "input.value",
  FLAT_MESSAGES,
  "ai.prompt.messages",
  "ai.prompt",
  "mlflow.spanInputs",
];
const OUTPUTS = [
  "assay.output",
  "gen_ai.output.messages",
  "output.value",
  "ai.response.text",
  "ai.response.object",
  "mlflow.spanOutputs",
];
/** What OpenInference writes where content is to be hidden. */
const HIDDEN = "__REDACTED__";

/** The first of these attributes that says something; an empty text only where nothing else is. */
export function firstHit(attributes: Attributes, names: readonly string[]): OtlpValue {
  let empty: OtlpValue = null;
  for (const name of names) {
    const value = attributes.get(name) ?? null;
    if (value === null || value === HIDDEN) continue;
    if (value !== "") return value;
    empty = value;
  }
  return empty;
}

/** The first that is a text or a whole number, as text. */
export function firstText(attributes: Attributes, names: readonly string[]): string | null {
  const value = firstHit(attributes, names);
  return typeof value === "bigint" || (typeof value === "string" && value !== "") ? String(value) : null;
}

/** JSON of what the model was given; null when the span does not hold it. */
export function inputText({ attributes }: OtlpSpan): string | null {
  let empty: string | null = null;
  for (const name of INPUTS) {
    if (name === FLAT_MESSAGES) {
      const messages = flatMessages(attributes);
      if (messages !== null) return messages;
      continue;
    }
    const value = firstHit(attributes, [name]);
    if (value === null) continue;
    if (value === "") {
      empty = '""';
      continue;
    }
    const instructions = name === MESSAGES ? firstHit(attributes, [INSTRUCTIONS]) : null;
    if (instructions === null) return contentText(value);
    return objectText([
      ["system_instructions", contentText(instructions)],
      ["messages", contentText(value)],
    ]);
  }
  return empty;
}

/** JSON of what the model answered; null when the span does not hold it. */
export function outputText({ attributes }: OtlpSpan): string | null {
  const value = firstHit(attributes, OUTPUTS);
  return value === null ? null : contentText(value);
}

/** `llm.input_messages.0.message.role` and the like: one object for each number, the rest of the key as it is. */
function flatMessages(attributes: Attributes): string | null {
  const messages = new Map<number, [string, string][]>();
  for (const [key, value] of attributes) {
    if (!key.startsWith(`${FLAT_MESSAGES}.`)) continue;
    const [, number, name] = /^\.(\d{1,6})\.message\.(.+)$/s.exec(key.slice(FLAT_MESSAGES.length)) ?? [];
    if (name === undefined || value === HIDDEN) continue;
    const members = messages.get(Number(number)) ?? [];
    members.push([name, valueText(value)]);
    messages.set(Number(number), members);
  }
  if (messages.size === 0) return null;
  const inOrder = [...messages].sort(([a], [b]) => a - b).map(([, members]) => objectText(members));
  return `[${inOrder.join(",")}]`;
}

const OTHER_OPERATIONS = new Set(["embeddings", "execute_tool", "create_agent", "retrieval"]);
const MODEL_KINDS = new Set(["LLM", "CHAIN", "AGENT", "CHAT_MODEL"]);
/** First hit wins. */
export const MODEL_NAMES = ["gen_ai.response.model", "gen_ai.request.model", "llm.model_name", "ai.model.id"];

/**
 * `call`: of a model or an agent, even where its content is not recorded. `part`: a tool, a search, an embedding, whose content is none
 * of the output. `unknown`: an output only if it holds input and output.
 */
export type SpanRole = "call" | "part" | "unknown";

export function spanRole({ attributes }: OtlpSpan): SpanRole {
  if (isMarked(attributes)) return "call";
  const operation = firstText(attributes, ["gen_ai.operation.name"]);
  if (operation !== null) return OTHER_OPERATIONS.has(operation) ? "part" : "call";
  // MLflow writes each value as JSON, a text with its quotes.
  const kind = firstText(attributes, ["openinference.span.kind", "mlflow.spanType"])?.replaceAll('"', "");
  if (kind !== undefined && kind !== "UNKNOWN") return MODEL_KINDS.has(kind.toUpperCase()) ? "call" : "part";
  const sdk = firstText(attributes, ["ai.operationId"]);
  if (sdk !== null) return /^ai\.(embed|toolCall)/.test(sdk) ? "part" : "call";
  return firstText(attributes, [...MODEL_NAMES, "gen_ai.response.id"]) === null ? "unknown" : "call";
}

/** The sender itself says that this span is the output. */
export function isMarked(attributes: Attributes): boolean {
  return attributes.has("assay.output") || attributes.has("assay.output.id");
}
