import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Tokens } from "@herald/client";
import type { Browser, Page } from "playwright-core";
import { launch, load, name, open, program, readable } from "./chromium.js";
import { Stub } from "./stub.js";

const skip = program ? false : "chromium is not on the PATH";
const stub = new Stub();
let browser: Browser;

before(async () => {
  if (program) {
    await stub.start();
    browser = await launch(program);
  }
});
after(async () => {
  await browser?.close();
  stub.stop();
});
beforeEach(() => stub.reset());

for (const locks of [true, false]) {
  describe(locks ? "tabs with Web Locks" : "tabs without Web Locks", { skip }, () => {
    test("share one refresh", async () => {
      const [one, two] = await tabs(locks, "memory");
      stub.expireAccessToken();
      stub.refusalsBeforeRefresh = 2;

      assert.deepEqual(await Promise.all([name(one), name(two)]), ["Ada", "Ada"]);

      stub.refusalsBeforeRefresh = 0;
      assert.equal(stub.refreshes, 1);
      await agree(one, two);
      stub.expireAccessToken();
      assert.equal(await name(two), "Ada");
      await agree(one, two);
      stub.expireAccessToken();
      assert.equal(await name(one), "Ada");
      assert.equal(stub.refreshes, 3);
      await one.context().close();
    });

    test("share one refresh in cookie mode, where no script reads the refresh token", async () => {
      const [one, two] = await tabs(locks, "cookie");
      await agree(one, two);
      stub.expireAccessToken();
      stub.refusalsBeforeRefresh = 2;

      assert.deepEqual(await Promise.all([name(one), name(two)]), ["Ada", "Ada"]);

      stub.refusalsBeforeRefresh = 0;
      assert.equal(stub.refreshes, 2, "one when the second tab was opened, and one for both");
      assert.doesNotMatch(await readable(one), /refresh-\d/);
      await one.context().close();
    });

    test("lose no request to a token that was told late", async () => {
      const [one, two] = await tabs(locks, "cookie", 300);
      stub.expireAccessToken();

      assert.deepEqual(await Promise.all([name(one), name(two)]), ["Ada", "Ada"]);

      await one.context().close();
    });

    test("log out together", async () => {
      const [one, two] = await tabs(locks, "memory");

      await one.evaluate(() => window.api.logOut());

      await two.waitForFunction(() => window.kept.at(-1) === undefined && window.kept.length > 0);
      assert.equal(await two.evaluate(() => window.api.resume()), false);
      await one.context().close();
    });
  });
}

test("a reloaded page resumes its session", { skip }, async () => {
  for (const storage of ["cookie", "sessionStorage"] as const) {
    const page = await open(await browser.newContext(), stub.url);
    await page.evaluate((kind) => {
      window.api = window.herald("", { storage: kind });
      return window.api.logIn("ada@example.com", "correct horse 42");
    }, storage);

    await page.reload();
    await load(page);
    const resumed = await page.evaluate((kind) => {
      window.api = window.herald("", { storage: kind });
      return window.api.resume();
    }, storage);

    assert.equal(resumed, true, storage);
    assert.equal(await name(page), "Ada");
    await page.context().close();
  }
});

/** Waits until both tabs have the same tokens. */
async function agree(one: Page, two: Page): Promise<void> {
  const token = (tab: Page) => tab.evaluate(() => window.kept.at(-1)?.accessToken);
  const late = Date.now() + 10_000;
  while ((await token(one)) !== (await token(two))) {
    assert.ok(Date.now() < late, "One tab has not heard of the other's tokens.");
    await setTimeout(10);
  }
}

/** Two tabs of one browser with the same session. Messages between them arrive after the delay, in milliseconds. */
async function tabs(locks: boolean, storage: "memory" | "cookie", delay = 0): Promise<[Page, Page]> {
  const context = await browser.newContext();
  if (delay) {
    await context.addInitScript(delayMessages, delay);
  }
  const one = await open(context, stub.url, locks);
  const two = await open(context, stub.url, locks);
  const tokens = await one.evaluate((kind) => {
    window.kept = [];
    window.api = window.herald("", { storage: kind, onTokens: (pair) => window.kept.push(pair) });
    return window.api.logIn("ada@example.com", "correct horse 42");
  }, storage);
  await two.evaluate(
    ([kind, given]) => {
      window.kept = [];
      const onTokens = (pair: Tokens | undefined) => window.kept.push(pair);
      window.api = window.herald("", { storage: kind, onTokens, ...(kind === "memory" && { tokens: given }) });
      return window.api.resume();
    },
    [storage, tokens] as const,
  );
  return [one, two];
}

function delayMessages(delay: number): void {
  window.BroadcastChannel = class extends BroadcastChannel {
    override set onmessage(listener: (message: MessageEvent) => void) {
      super.onmessage = (message) => window.setTimeout(() => listener(message), delay);
    }
  };
}
