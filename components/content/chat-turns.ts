/* Conversations as chat models take and give them, in the shapes that are in use. */

export type TurnPart =
  | { kind: "text"; text: string }
  /** The model asks for a tool. */
  | { kind: "call"; name: string; given: unknown }
  /** What the tool said. */
  | { kind: "result"; value: unknown }
  /** Anything else: an image's address, audio. */
  | { kind: "other"; value: unknown };

export interface Turn {
  /** As it was sent. */
  role: string;
  /** Whose words they are, where the role is one of the usual names. */
  who: "instruction" | "person" | "model" | "tool" | "other";
  parts: TurnPart[];
}

const WHO: Readonly<Record<string, Turn["who"]>> = {
  system: "instruction",
  developer: "instruction",
  user: "person",
  human: "person",
  customer: "person",
  assistant: "model",
  ai: "model",
  model: "model",
  gpt: "model",
  bot: "model",
  agent: "model",
  tool: "tool",
  function: "tool",
};

type Fields = Readonly<Record<string, unknown>>;

/** The turns of a conversation; null for everything that is none. */
export function chatTurns(value: unknown): Turn[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const turns: Turn[] = [];
  for (const each of value as unknown[]) {
    const turn = isFields(each) ? turnFrom(each) : null;
    if (!turn) return null;
    turns.push(turn);
  }
  return turns;
}

function turnFrom(message: Fields): Turn | null {
  const role =
    textOf(message.role) ?? textOf(message.from) ?? textOf(message.speaker) ?? textOf(message.author);
  const said = message.content ?? message.parts ?? message.value ?? message.text ?? message.message;
  const calls = [message.tool_calls, message.function_call].flat().flatMap(callFrom);
  if (role === null || (typeof said !== "string" && !Array.isArray(said) && calls.length === 0)) return null;
  const who = WHO[role.toLowerCase()] ?? "other";
  const parts = [...saidParts(said, who), ...calls];
  const name = textOf(message.name);
  return { role: name && who === "tool" ? `${role}: ${name}` : role, who, parts };
}

function saidParts(said: unknown, who: Turn["who"]): TurnPart[] {
  if (typeof said === "string") {
    const value = who === "tool" ? parsed(said) : said;
    if (value !== said) return [{ kind: "result", value }];
    return said === "" ? [] : [{ kind: "text", text: said }];
  }
  return Array.isArray(said) ? said.map(partFrom) : [];
}

function partFrom(part: unknown): TurnPart {
  if (typeof part === "string") return { kind: "text", text: part };
  if (!isFields(part)) return { kind: "other", value: part };
  if (typeof part.text === "string") return { kind: "text", text: part.text };
  if (part.type === "text" && typeof part.content === "string") return { kind: "text", text: part.content };
  if (part.type === "tool_use" || part.type === "tool_call") {
    const given = part.input ?? part.arguments;
    return { kind: "call", name: textOf(part.name) ?? "tool", given };
  }
  if (part.type === "tool_call_response") return { kind: "result", value: part.response ?? part.result };
  if (part.type === "tool_result") {
    const { content } = part;
    return { kind: "result", value: typeof content === "string" ? parsed(content) : content };
  }
  return { kind: "other", value: part };
}

function callFrom(call: unknown): TurnPart[] {
  if (!isFields(call)) return [];
  const inner = isFields(call.function) ? call.function : call;
  const name = textOf(inner.name);
  const given = inner.arguments ?? inner.input ?? inner.args;
  return name ? [{ kind: "call", name, given: typeof given === "string" ? parsed(given) : given }] : [];
}

/** Tools are given JSON as text; as a value it is readable. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The address of a picture that was sent with a message: `image_url` as text or as `{url}`, or a `source` with its `url`. */
export function pictureOf(part: unknown): string | null {
  if (!isFields(part)) return null;
  const { image_url: image, source } = part;
  if (isFields(image)) return textOf(image.url);
  return textOf(image) ?? (part.type === "image" && isFields(source) ? textOf(source.url) : null);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
