import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { herald, HeraldProblem, inMemory, inWebStorage, isProblem, orThrow, type Tokens } from "@herald/client";
import { problem, Stub } from "./stub.js";

const stub = new Stub();
before(() => stub.start());
after(() => stub.stop());
beforeEach(() => stub.reset());

const OUTAGE = { status: 503, type: "application/problem+json", body: JSON.stringify(problem(503, "overloaded").body) };
const PAGE = { status: 502, type: "text/html", body: "<h1>Bad gateway</h1>" };

async function loggedIn(options = {}) {
  const storage = inMemory();
  const api = herald(stub.url, { storage, ...options });
  await api.logIn("ada@example.com", "correct horse 42");
  return { api, storage };
}

test("ten requests with an expired token share one refresh", async () => {
  const kept: (Tokens | undefined)[] = [];
  const { api } = await loggedIn({ onTokens: (tokens: Tokens | undefined) => kept.push(tokens) });
  stub.expireAccessToken();

  const users = await Promise.all(Array.from({ length: 10 }, () => orThrow(api.GET("/api/users/me"))));

  assert.deepEqual(new Set(users.map((user) => user.name)), new Set(["Ada"]));
  assert.equal(stub.refreshes, 1);
  assert.equal(kept.length, 2);
});

test("a repeated request has the same body", async () => {
  const { api } = await loggedIn();
  stub.expireAccessToken();

  await api.POST("/api/posts", { body: { title: "Hello", content: "World" } });

  assert.deepEqual(
    stub.sent("/api/posts").map(({ body }) => body),
    Array(2).fill({ title: "Hello", content: "World" }),
  );
});

test("an outage during a refresh is the response and keeps the session", async () => {
  const { api, storage } = await loggedIn();
  stub.expireAccessToken();
  const down: typeof fetch = async (input, init) => {
    stub.failure = (input as Request).url.endsWith("/refresh") ? OUTAGE : undefined;
    return fetch(input, init);
  };
  const during = herald(stub.url, { storage, fetch: down });

  const [first, second] = await Promise.all([during.GET("/api/users/me"), during.GET("/api/users/me")]);

  assert.equal(first.error?.code, "overloaded");
  assert.equal(second.error?.code, "overloaded");
  stub.failure = undefined;
  assert.equal((await orThrow(api.GET("/api/users/me"))).name, "Ada");
});

test("a lost connection during a refresh keeps the session", async () => {
  const { api, storage } = await loggedIn();
  stub.expireAccessToken();
  const lost: typeof fetch = async (input, init) => {
    if ((input as Request).url.endsWith("/refresh")) {
      throw new TypeError("fetch failed");
    }
    return fetch(input, init);
  };

  await assert.rejects(herald(stub.url, { storage, fetch: lost }).GET("/api/users/me"), TypeError);

  assert.equal((await orThrow(api.GET("/api/users/me"))).name, "Ada");
});

test("a session that has ended is refreshed once and forgotten", async () => {
  const { api, storage } = await loggedIn();
  stub.endSession();

  const { response, error } = await api.GET("/api/users/me");
  await api.GET("/api/users/me");

  assert.equal(response.status, 401);
  assert.equal(error?.code, "token-expired");
  assert.equal(storage.read(), undefined);
  assert.equal(stub.refreshes, 1);
});

test("an error that is not JSON becomes the problem of its status", async () => {
  const api = herald(stub.url);
  stub.failure = PAGE;

  const { error } = await api.GET("/api/posts");
  const failure: unknown = await api.forgotPassword("ada@example.com").catch((thrown: unknown) => thrown);

  assert.equal(error?.code, "upstream-unavailable");
  assert.ok(isProblem(failure, "upstream-unavailable"));
  assert.equal(failure.status, 502);
  assert.equal(failure.problem.instance, "/api/auth/forgot-password");
});

test("an error in another JSON format becomes the problem of its status", async () => {
  stub.failure = { status: 429, type: "application/json", body: '{"message": "slow down"}' };

  const { error } = await herald(stub.url).GET("/api/posts");

  assert.equal(error?.code, "rate-limited");
});

test("a logout succeeds when the session has ended already", async () => {
  const { api, storage } = await loggedIn();
  stub.endSession();

  await api.logOut();
  await api.logOut();

  assert.equal(storage.read(), undefined);
});

test("a logout during an outage fails and keeps the session", async () => {
  const { api, storage } = await loggedIn();
  stub.failure = OUTAGE;

  await assert.rejects(api.logOut(), (failure) => isProblem(failure, "overloaded"));

  assert.notEqual(storage.read(), undefined);
});

test("a wrong password is no reason for a refresh", async () => {
  const { api } = await loggedIn();
  const body = { email: "ada@example.com", password: "wrong" };
  stub.failure = { status: 401, type: OUTAGE.type, body: JSON.stringify(problem(401, "invalid-credentials").body) };

  const { error } = await api.POST("/api/auth/login", { body });

  assert.equal(error?.code, "invalid-credentials");
  assert.equal(stub.refreshes, 0);
});

test("web storage keeps a session for the next page", async () => {
  const items = new Map<string, string>();
  const area = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  } as unknown as Storage;
  await loggedIn({ storage: inWebStorage(area) });

  const next = herald(stub.url, { storage: inWebStorage(area) });

  assert.equal(await next.resume(), true);
  assert.equal((await orThrow(next.GET("/api/users/me"))).name, "Ada");
  await next.logOut();
  assert.equal(items.size, 0);
});

test("the life of an account uses the documented requests", async () => {
  const { api } = await loggedIn();
  stub.received.length = 0;

  await api.verifyEmail("t");
  await api.resendVerification();
  await api.forgotPassword("ada@example.com");
  await api.resetPassword("t", "battery staple 42");
  await api.changePassword("correct horse 42", "battery staple 42");
  await api.changeEmail("ada@example.org", "correct horse 42");
  await api.confirmEmail("t");
  await api.undoEmailChange("t");
  const sessions = await api.sessions();
  await api.endSession("7");
  await api.endOtherSessions();

  assert.deepEqual(
    sessions.map(({ id }) => id),
    ["7", "8"],
  );
  assert.deepEqual(
    stub.received.map(({ method, path, body }) => [`${method} ${path}`, body]),
    [
      ["POST /api/auth/verify-email", { token: "t" }],
      ["POST /api/users/me/verification", undefined],
      ["POST /api/auth/forgot-password", { email: "ada@example.com" }],
      ["POST /api/auth/reset-password", { token: "t", newPassword: "battery staple 42" }],
      ["PUT /api/users/me/password", { currentPassword: "correct horse 42", newPassword: "battery staple 42" }],
      ["PUT /api/users/me/email", { newEmail: "ada@example.org", currentPassword: "correct horse 42" }],
      ["POST /api/auth/confirm-email", { token: "t" }],
      ["POST /api/auth/undo-email-change", { token: "t" }],
      ["GET /api/users/me/sessions?limit=100", undefined],
      ["GET /api/users/me/sessions?limit=100&cursor=a%20b", undefined],
      ["DELETE /api/users/me/sessions/7", undefined],
      ["DELETE /api/users/me/sessions", undefined],
    ],
  );
});

test("a problem code with a typo does not compile", async () => {
  const api = herald(stub.url);
  stub.failure = { status: 409, type: OUTAGE.type, body: JSON.stringify(problem(409, "email-taken").body) };
  const body = { name: "Ada", email: "ada@example.com", password: "correct horse 42" };

  const { error } = await api.POST("/api/users", { body });

  assert.ok(error?.code === "email-taken");
  const failure: unknown = new HeraldProblem(error);
  assert.ok(isProblem(failure, "email-taken"));
  // @ts-expect-error No problem has this code.
  assert.ok(!isProblem(failure, "email-token"));
  const other = (await api.POST("/api/users", { body })).error;
  // @ts-expect-error A registration cannot fail with this code.
  assert.ok(other?.code !== "invalid-credentials");
});
