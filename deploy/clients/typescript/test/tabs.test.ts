import assert from "node:assert/strict";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import type { herald as Create, Herald, Tokens } from "@herald/client";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { Stub } from "./stub.js";

declare global {
  var herald: typeof Create;
  var api: Herald;
  var kept: (Tokens | undefined)[];
}

const program = chromiumOnPath();
const skip = program ? false : "chromium is not on the PATH";
const stub = new Stub();
let browser: Browser;

before(async () => {
  if (program) {
    await stub.start();
    browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
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
      stub.expireAccessToken();
      assert.equal(await name(two), "Ada");
      stub.expireAccessToken();
      assert.equal(await name(one), "Ada");
      assert.equal(stub.refreshes, 3);
      await one.context().close();
    });

    test("share one refresh in cookie mode, where no script reads the refresh token", async () => {
      const [one, two] = await tabs(locks, "cookie");
      stub.expireAccessToken();
      stub.refusalsBeforeRefresh = 2;

      assert.deepEqual(await Promise.all([name(one), name(two)]), ["Ada", "Ada"]);

      stub.refusalsBeforeRefresh = 0;
      assert.equal(stub.refreshes, 2, "one when the second tab was opened, and one for both");
      const readable = await one.evaluate(() =>
        JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, window.kept]),
      );
      assert.doesNotMatch(readable, /refresh-\d/);
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
    const page = await open(await browser.newContext(), true);
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

/** Two tabs of one browser with the same session. */
async function tabs(locks: boolean, storage: "memory" | "cookie"): Promise<[Page, Page]> {
  const context = await browser.newContext();
  const one = await open(context, locks);
  const two = await open(context, locks);
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

async function open(context: BrowserContext, locks: boolean): Promise<Page> {
  const page = await context.newPage();
  if (!locks) {
    await page.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
  }
  await page.goto(stub.url);
  await load(page);
  return page;
}

async function load(page: Page): Promise<void> {
  await page.addScriptTag({ type: "module", content: 'import { herald } from "/client.js"; window.herald = herald;' });
  await page.waitForFunction(() => window.herald !== undefined);
}

function name(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => (await window.api.GET("/api/users/me")).data?.name);
}

function chromiumOnPath(): string | undefined {
  return (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((file) => join(folder, file)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
