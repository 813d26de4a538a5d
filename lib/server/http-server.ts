import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import type { Duplex } from "node:stream";
import type { MachineDoor } from "@/lib/core/machine-door";
import { takeImageHosts } from "@/lib/core/page-image-hosts";
import { isSharedPicture, SHARED_HEADERS } from "@/lib/core/shared-picture-headers";
import type { Readiness } from "./health";
import { doorFinder } from "./machine-door";
import { cleanHeaders, isApi, isStaticAsset, refuseRequest } from "./request-hygiene";
import { contentSecurityPolicy, createNonce, securityHeaders, withImageHosts } from "./security-headers";

export interface FrontOptions {
  doors: readonly MachineDoor[];
  /** Everything that is neither health nor a machine door. Null while the process is still starting. */
  pages: () => ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | null;
  alive: () => boolean;
  ready: () => Promise<Readiness>;
  isDraining: () => boolean;
  trustedProxies: BlockList;
  https: boolean;
  development: boolean;
  logError: (error: unknown, requestId: string) => void;
}

const PAGE_BODY_SECONDS = 20;
const REFUSED_UPGRADE = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/** One listener for people and machines: refuses, cleans, adds headers, then health, machine doors, pages. */
export function createFrontServer(options: FrontOptions): Server {
  const answer = frontHandler(options);
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 10_000,
      noDelay: true,
    },
    (request, response) => void answer(request, response),
  );
  server.maxConnections = 1000;
  // Idle connections must not keep everyone else out.
  server.on("drop", () => server.closeIdleConnections());
  // Only the development server speaks over sockets.
  if (!options.development) server.on("upgrade", (_request, socket: Duplex) => socket.end(REFUSED_UPGRADE));
  return server;
}

function frontHandler(options: FrontOptions) {
  const always = Object.entries(securityHeaders(options.https));
  const findDoor = doorFinder(options.doors);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    const url = request.url ?? "";
    response.setHeader("X-Request-Id", requestId);
    for (const [name, value] of always) response.setHeader(name, value);
    if (options.isDraining()) response.setHeader("Connection", "close");
    try {
      const refusal = refuseRequest(request.method ?? "", url);
      if (refusal) {
        if (refusal.allow) response.setHeader("Allow", refusal.allow);
        return sendProblem(response, refusal.status, refusal.message);
      }
      cleanHeaders(request.headers, request.socket.remoteAddress ?? "", options.trustedProxies);
      request.headers["x-request-id"] = requestId;
      // Next adds its headers to these, it does not replace them: both sides say the same.
      if (isSharedPicture(url))
        for (const [name, value] of Object.entries(SHARED_HEADERS)) response.setHeader(name, value);
      else if (!isStaticAsset(url)) forbidCaching(response);
      if (await answerHealth(options, request, response)) return;
      const pages = options.pages();
      if (!pages) {
        response.setHeader("Retry-After", "2");
        return sendProblem(response, 503, "Assay is starting.");
      }
      addPolicy(request, response, options.development);
      const open = findDoor(request.method ?? "", url);
      if (open) return await open.door.handle(request, response, open.params);
      limitBodyTime(request, response);
      await pages(request, response);
    } catch (error) {
      options.logError(error, requestId);
      if (response.headersSent) response.destroy();
      else
        sendProblem(response, 500, "Something went wrong here. The log has the cause under this request id.");
    }
  };
}

/** Next puts the nonce of the request's policy on its own scripts; pages read `x-nonce` for theirs. */
function addPolicy(request: IncomingMessage, response: ServerResponse, development: boolean): void {
  if (isSharedPicture(request.url ?? "")) return;
  if (isApi(request.url ?? "")) {
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    return;
  }
  const nonce = createNonce();
  const policy = contentSecurityPolicy(nonce, development);
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  request.headers["x-assay-path"] = pagePath(request.url ?? "/");
  response.setHeader("Content-Security-Policy", policy);
  const requestId = String(request.headers["x-request-id"]);
  response.once("close", () => takeImageHosts(requestId));
  whenHeadersGo(response, () => {
    const hosts = takeImageHosts(requestId);
    if (hosts.length > 0) response.setHeader("Content-Security-Policy", withImageHosts(policy, hosts));
  });
}

/** Where sign-in leads back to: the address as the person sees it, without Next's own parameter. */
function pagePath(url: string): string {
  return url.replace(/([?&])_rsc=[^&]*(&|$)/, "$1").replace(/[?&]$/, "");
}

async function answerHealth(
  options: FrontOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = request.url?.split("?", 1)[0];
  if (path === "/api/health/live") {
    sendWord(response, options.alive() ? 200 : 503, options.alive() ? "alive" : "stuck");
    return true;
  }
  if (path !== "/api/health/ready") return false;
  const word = options.pages() || options.isDraining() ? await options.ready() : "unready";
  sendWord(response, word === "ready" ? 200 : 503, word);
  return true;
}

function sendWord(response: ServerResponse, status: number, word: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" }).end(word);
}

function sendProblem(response: ServerResponse, status: number, detail: string): void {
  const body = { type: "about:blank", title: detail, status, request_id: response.getHeader("X-Request-Id") };
  response.writeHead(status, { "Content-Type": "application/problem+json" }).end(JSON.stringify(body));
}

/** Whatever Next thinks of its own pages: every page and answer here is somebody's private view of now. */
function forbidCaching(response: ServerResponse): void {
  whenHeadersGo(response, () => response.setHeader("Cache-Control", "no-store"));
}

function whenHeadersGo(response: ServerResponse, change: () => void): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    change();
    return writeHead(...args);
  }) as typeof response.writeHead;
}

/** The whole server allows a minute, for machines with large batches. People's requests are small. */
function limitBodyTime(request: IncomingMessage, response: ServerResponse): void {
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (!response.headersSent) {
      response.setHeader("Connection", "close");
      sendProblem(response, 408, "The request took too long to arrive.");
    }
    request.destroy();
  }, PAGE_BODY_SECONDS * 1000);
  timer.unref();
  request.once("close", () => clearTimeout(timer));
}
