import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { herald, orThrow, type Tokens } from "@herald/client";
import { registered, skip, url } from "./suite.js";

/** A session that has ended is refused everywhere within a second. */
async function untilRefused(accessToken: string): Promise<void> {
  const late = Date.now() + 5_000;
  while ((await fetch(`${url}/api/users/me`, { headers: { authorization: `Bearer ${accessToken}` } })).ok) {
    assert.ok(Date.now() < late, "The token of an ended session still works.");
    await setTimeout(20);
  }
}

test("ten requests with an invalid token share one refresh", { skip }, async () => {
  const { email, password } = await registered();
  const good = await herald(url).logIn(email, password);
  const kept: (Tokens | undefined)[] = [];
  let refreshes = 0;
  const api = herald(url, {
    tokens: { ...good, accessToken: "dead" },
    onTokens: (tokens) => kept.push(tokens),
    fetch: (request, init) => {
      refreshes += request instanceof Request && request.url.endsWith("/api/auth/refresh") ? 1 : 0;
      return fetch(request, init);
    },
  });

  const me = await Promise.all(Array.from({ length: 10 }, () => orThrow(api.GET("/api/users/me"))));

  assert.deepEqual(new Set(me.map((user) => user.email)), new Set([email]));
  assert.equal(refreshes, 1);
  assert.equal(kept.length, 1);
  await orThrow(api.POST("/api/posts", { body: { title: "Still here", content: "With the new pair" } }));
});

test("a session that has ended is not refreshed", { skip }, async () => {
  const { email, password } = await registered();
  const api = herald(url);
  const tokens = await api.logIn(email, password);
  await api.logOut();
  await untilRefused(tokens.accessToken);
  const kept: (Tokens | undefined)[] = [];
  const ended = herald(url, { tokens, onTokens: (pair) => kept.push(pair) });

  const { response } = await ended.GET("/api/users/me");

  assert.equal(response.status, 401);
  assert.deepEqual(kept, [undefined]);
});
