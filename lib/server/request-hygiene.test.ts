import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { cleanHeaders, clientAddress, isApi, parseTrustedProxies, refuseRequest } from "./request-hygiene";

describe("refuseRequest", () => {
  test.each([
    ["GET", "/"],
    ["HEAD", "/demo/review"],
    ["POST", "/api/v1/outputs"],
    ["DELETE", "/api/v1/keys/1?x=//y"],
    ["GET", "/_next/static/a.js"],
  ])("lets %s %s pass", (method, url) => {
    expect(refuseRequest(method, url)).toBeNull();
  });

  test.each([
    ["GET", "http://169.254.169.254/latest", 400],
    ["GET", "//evil.example/", 400],
    ["GET", "/\\evil.example/", 400],
    ["OPTIONS", "*", 400],
    ["GET", "", 400],
    ["TRACE", "/", 405],
    ["POST", "/", 405],
    ["PUT", "/demo", 405],
    ["POST", "/apiary", 405],
    ["TRACE", "/api/v1/outputs", 405],
    ["PROPFIND", "/api/v1/outputs", 405],
  ])("refuses %s %s with %i", (method, url, status) => {
    expect(refuseRequest(method, url)?.status).toBe(status);
  });

  test("a refused method names the allowed ones", () => {
    expect(refuseRequest("POST", "/")?.allow).toBe("GET, HEAD");
  });
});

test("only /api itself is the API", () => {
  expect(["/api", "/api/x", "/api?x", "/apix", "/x/api/"].map(isApi)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

describe("cleanHeaders", () => {
  const nobody = parseTrustedProxies(undefined);
  const proxy = parseTrustedProxies("10.0.0.0/8");

  test("removes every header by which a stranger could steer Next, and keeps the router's own", () => {
    const forged = [
      "content-security-policy",
      "content-security-policy-report-only",
      "x-nonce",
      "x-request-id",
      "x-assay-actor",
      "next-action",
      "next-resume",
      "x-middleware-subrequest",
      "x-middleware-rewrite",
      "x-matched-path",
      "x-invoke-path",
      "x-nextjs-data",
      "x-now-route-matches",
      "x-prerender-revalidate",
      "x-forwarded-host",
      "x-forwarded-proto",
      "x-real-ip",
      "forwarded",
    ];
    const kept = [
      "rsc",
      "next-router-state-tree",
      "next-router-prefetch",
      "next-url",
      "cookie",
      "authorization",
      "host",
    ];
    const headers: IncomingHttpHeaders = Object.fromEntries(
      [...forged, ...kept].map((name) => [name, "value"]),
    );
    cleanHeaders(headers, "203.0.113.9", nobody);
    expect(Object.keys(headers).sort()).toEqual([...kept, "x-forwarded-for"].sort());
    expect(headers["x-forwarded-for"]).toBe("203.0.113.9");
  });

  test("believes a trusted proxy", () => {
    const headers: IncomingHttpHeaders = { "x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https" };
    cleanHeaders(headers, "::ffff:10.1.2.3", proxy);
    expect(headers).toEqual({ "x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https" });
  });

  test("takes the nearest address that is no proxy of ours, whatever a client wrote before it", () => {
    expect(clientAddress("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2", proxy)).toBe("198.51.100.7");
    expect(clientAddress("198.51.100.7", "1.1.1.1", proxy)).toBe("198.51.100.7");
    expect(clientAddress("10.0.0.1", "garbage", proxy)).toBe("10.0.0.1");
    expect(clientAddress("10.0.0.1", undefined, proxy)).toBe("10.0.0.1");
  });
});

test("a trusted proxy that is no address is named", () => {
  expect(() => parseTrustedProxies("10.0.0.0/8, proxy.local")).toThrow('"proxy.local"');
  expect(() => parseTrustedProxies("10.0.0.0/33")).toThrow("10.0.0.0/33");
  expect(parseTrustedProxies("::1 127.0.0.1").check("::1", "ipv6")).toBe(true);
});
