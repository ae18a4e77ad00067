import { build } from "esbuild";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

/** A small Herald with one session, which fails on request. It shows what the client sends. */
export class Stub {
  readonly received: Received[] = [];
  /** What every API request gets instead of its response. */
  failure: { status: number; type: string; body: string } | undefined;
  /** How many requests must be refused before a refresh is answered, so that they share the refresh. */
  refusalsBeforeRefresh = 0;
  private refusals = 0;
  private pair = 0;
  private isOpen = false;
  private accepted = "";
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private page = "";

  async start(): Promise<this> {
    const { outputFiles } = await build({ entryPoints: ["dist/herald.js"], bundle: true, format: "esm", write: false });
    this.page = outputFiles[0]!.text;
    await new Promise<void>((resolve) => this.server.listen(0, "localhost", resolve));
    return this;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  reset(): void {
    this.received.length = 0;
    this.failure = undefined;
    this.refusalsBeforeRefresh = 0;
    this.isOpen = false;
  }

  expireAccessToken(): void {
    this.accepted = "";
    this.refusals = 0;
  }

  endSession(): void {
    this.isOpen = false;
    this.accepted = "";
  }

  get refreshes(): number {
    return this.sent("/api/auth/refresh").length;
  }

  sent(path: string): Received[] {
    return this.received.filter((request) => request.path === path);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = "";
    for await (const part of request) {
      text += part;
    }
    const path = request.url ?? "";
    if (!path.startsWith("/api/")) {
      const script = path === "/client.js";
      response.setHeader("content-type", script ? "text/javascript" : "text/html");
      response.end(script ? this.page : "<!doctype html><title>A tab</title>");
      return;
    }
    const { method = "", headers } = request;
    this.received.push({ method, path, headers, body: text ? JSON.parse(text) : undefined });
    if (this.failure) {
      response.writeHead(this.failure.status, { "content-type": this.failure.type }).end(this.failure.body);
      return;
    }
    const signedIn = this.isOpen && headers.authorization === `Bearer ${this.accepted}`;
    const answer = await this.answer(method, path, text, headers, signedIn);
    if (answer.cookie) {
      response.setHeader("set-cookie", `herald-refresh=${answer.cookie}; HttpOnly; SameSite=Strict; Path=/`);
    }
    const type = answer.status < 400 ? "application/json" : "application/problem+json";
    response.writeHead(answer.status, { "content-type": type }).end(answer.body && JSON.stringify(answer.body));
  }

  private async answer(
    method: string,
    path: string,
    text: string,
    headers: IncomingMessage["headers"],
    signedIn: boolean,
  ): Promise<{ status: number; body?: object; cookie?: string }> {
    const byCookie = headers["x-herald-token-transport"] === "cookie";
    if (path === "/api/auth/login") {
      this.isOpen = true;
      return this.tokens(byCookie);
    }
    if (path === "/api/auth/refresh") {
      // Long enough for a second refresh to be sent at the same time.
      const late = Date.now() + 10_000;
      do {
        await setTimeout(100);
      } while (this.refusals < this.refusalsBeforeRefresh && Date.now() < late);
      const token = byCookie ? headers.cookie?.match(/herald-refresh=([^;]+)/)?.[1] : JSON.parse(text).refreshToken;
      if (this.isOpen && token === `refresh-${this.pair}`) {
        return this.tokens(byCookie);
      }
      this.endSession();
      return problem(401, "refresh-token-reused");
    }
    if (!signedIn && !path.startsWith("/api/auth/")) {
      this.refusals++;
      return problem(401, "token-expired");
    }
    switch (`${method} ${path}`) {
      case "GET /api/users/me":
        return { status: 200, body: { id: "1", name: "Ada" } };
      case "GET /api/users/me/sessions?limit=100":
        return { status: 200, body: { items: [{ id: "7", current: true }], nextCursor: "a b" } };
      case "GET /api/users/me/sessions?limit=100&cursor=a%20b":
        return { status: 200, body: { items: [{ id: "8", current: false }] } };
      case "POST /api/auth/logout":
        if (!signedIn) {
          return problem(401, "token-expired");
        }
        this.endSession();
        return { status: 204 };
      default:
        return { status: 204 };
    }
  }

  private tokens(byCookie: boolean): { status: number; body: object; cookie?: string } {
    this.pair++;
    this.accepted = `access-${this.pair}`;
    const refreshToken = `refresh-${this.pair}`;
    const body = { accessToken: this.accepted, tokenType: "Bearer", expiresIn: 900, refreshExpiresIn: 2_592_000 };
    return byCookie ? { status: 200, body, cookie: refreshToken } : { status: 200, body: { ...body, refreshToken } };
  }
}

export function problem(status: number, code: string): { status: number; body: object } {
  return {
    status,
    body: { type: `/problems/${code}`, title: code, status, detail: "For a test.", instance: "/", code },
  };
}
