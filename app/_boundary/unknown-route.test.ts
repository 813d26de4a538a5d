import { expect, test } from "vitest";
import { unknownRoute } from "./unknown-route";

test("an address of the API that does not exist answers with a problem document", async () => {
  const headers = { "x-request-id": "request-1" };
  const response = await unknownRoute(
    new Request("http://localhost/api/v1/output", { method: "POST", headers }),
  );
  expect(response.status).toBe(404);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toMatchObject({ status: 404, code: "NOT_FOUND", request_id: "request-1" });
});
