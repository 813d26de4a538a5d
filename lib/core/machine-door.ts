import type { IncomingMessage, ServerResponse } from "node:http";

/** A listener that answers before Next. `path` as in Next's own routes: `/api/v1/hooks/[source]`. */
export interface MachineDoor {
  method: string;
  path: string;
  handle(
    request: IncomingMessage,
    response: ServerResponse,
    params: Record<string, string>,
  ): Promise<void> | void;
}
