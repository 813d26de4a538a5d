import { expect, request } from "@playwright/test";

export interface RecordBody {
  id: string;
  occurred_at: string;
  phase?: "pilot" | "production";
  input: unknown;
  output: unknown;
  segments?: Record<string, string>;
  confidence?: number;
  cluster?: string;
  ground_truth?: unknown;
  model?: { name: string; version: string };
}

export interface Receipt {
  received: number;
  accepted: number;
  flagged: number;
  duplicates: number;
  conflicts: number;
  quarantined: number;
}

/** A production system with an API key. */
export interface Sender {
  outputs(records: readonly RecordBody[]): Promise<Receipt>;
  post<T>(path: string, body: unknown): Promise<T>;
}

export function makeSender(baseURL: string, token: string): Sender {
  async function post<T>(path: string, body: unknown): Promise<T> {
    const context = await request.newContext({
      baseURL,
      storageState: { cookies: [], origins: [] },
      extraHTTPHeaders: { authorization: `Bearer ${token}` },
    });
    try {
      const response = await context.post(path, { data: body });
      const text = await response.text();
      expect(response.ok(), `POST ${path}: ${response.status()} ${text.slice(0, 500)}`).toBe(true);
      return (text === "" ? undefined : JSON.parse(text)) as T;
    } finally {
      await context.dispose();
    }
  }
  return {
    outputs: (records) => post<Receipt>("/api/v1/outputs", { batch: records }),
    post,
  };
}
