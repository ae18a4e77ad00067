import assert from "node:assert/strict";
import { test } from "node:test";
import type { Events } from "@herald/client";
import { skip, url } from "./suite.js";

test("an event's payload has the type that is generated for it", { skip }, async () => {
  const { components } = (await (await fetch(`${url}/asyncapi.json`)).json()) as AsyncApi;
  const samples = Object.entries(components.messages).map(([type, { examples }]) => [type, examples[0].payload]);
  const events = Object.fromEntries(samples) as Events;

  const { id, name, email, posts = [] } = events["user.created"];
  // @ts-expect-error An event about a deleted user holds nothing but the id and the version.
  const erased: string | undefined = events["user.deleted"].name;

  for (const text of [id, name, email, ...posts.map((post) => post.title)]) {
    assert.equal(typeof text, "string");
  }
  assert.equal(erased, undefined);
});

interface AsyncApi {
  components: { messages: Record<string, { examples: [{ payload: unknown }] }> };
}
