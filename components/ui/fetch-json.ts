/** What the API answers when it cannot do what was asked (RFC 9457), as an error with its sentence. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly reason: string | undefined;
  /** Messages per input field, for forms. */
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? "The server could not do that. Try again in a moment.");
    this.name = "ApiProblem";
    this.status = status;
    this.code = body.code ?? (status === 0 ? "OFFLINE" : "UNKNOWN");
    this.reason = body.reason;
    this.fields = body.fields ?? {};
    this.requestId = body.request_id;
  }
}

interface ProblemBody {
  title?: string;
  detail?: string;
  code?: string;
  reason?: string;
  fields?: Record<string, string>;
  request_id?: string;
}

interface JsonRequest<T> {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  /**
   * Checks the answer's shape. A page that needs no schema until something is answered loads it then:
   * `async (answer) => (await import("@/lib/…/schema")).someSchema.parse(answer)`.
   */
  parse?: (answer: unknown) => T | Promise<T>;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** Calls the product's own JSON API. @throws ApiProblem with a sentence for the person. */
export async function fetchJson<T = unknown>(path: string, request: JsonRequest<T> = {}): Promise<T> {
  const { method = "GET", body, parse, signal, headers } = request;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
      credentials: "same-origin",
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiProblem(0, { detail: "The server cannot be reached. Check the connection and try again." });
  }
  const answer: unknown = response.status === 204 ? undefined : await readJson(response);
  if (!response.ok) throw new ApiProblem(response.status, isProblem(answer) ? answer : {});
  return parse ? await parse(answer) : (answer as T);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The sentence of any thrown thing. */
export function problemSentence(error: unknown): string {
  return error instanceof ApiProblem
    ? error.message
    : "Something went wrong in the browser. Reload the page and try again.";
}
