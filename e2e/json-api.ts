import { type APIRequestContext, expect, request } from "@playwright/test";

type StorageState = Awaited<ReturnType<APIRequestContext["storageState"]>>;

/** Answers of the product's own API are read as JSON; what a test needs of them it names. */
export interface JsonApi {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  put<T>(path: string, body?: unknown): Promise<T>;
  patch<T>(path: string, body?: unknown): Promise<T>;
  delete<T>(path: string, body?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** The JSON API as one person's browser would use it. */
export async function openJsonApi(baseURL: string, storageState: StorageState): Promise<JsonApi> {
  const context = await request.newContext({
    baseURL,
    storageState,
    extraHTTPHeaders: { origin: new URL(baseURL).origin, accept: "application/json" },
  });
  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await context.fetch(path, { method, ...(body === undefined ? {} : { data: body }) });
    const text = await response.text();
    expect(response.ok(), `${method} ${path}: ${response.status()} ${text.slice(0, 500)}`).toBe(true);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    patch: (path, body) => call("PATCH", path, body),
    delete: (path, body) => call("DELETE", path, body),
    close: () => context.dispose(),
  };
}
