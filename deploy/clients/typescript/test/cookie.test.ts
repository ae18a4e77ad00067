import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Tokens } from "@herald/client";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launch, load, name, open, program, readable } from "./chromium.js";
import { Stub } from "./stub.js";
import { registered, skip as noSuite, url } from "./suite.js";

const skip = program ? noSuite : "chromium is not on the PATH";
/** Serves the pages, from an origin that the suite allows; the suite answers the calls. */
const pages = new Stub();
let browser: Browser;

before(async () => {
  if (program && !skip) {
    await pages.start();
    browser = await launch(program);
  }
});
after(async () => {
  await browser?.close();
  pages.stop();
});

test("two tabs have one session of the suite, whose refresh token is in a cookie alone", { skip }, async () => {
  const { email, password } = await registered();
  const context = await browser.newContext();
  const refreshes: (string | null)[] = [];
  context.on("request", (request) => {
    if (request.method() === "POST" && request.url() === `${url}/api/auth/refresh`) {
      refreshes.push(request.postData());
    }
  });
  const login = await tab(context);
  const tokens = await login.evaluate(([address, secret]) => window.api.logIn(address, secret), [email, password] as const);
  const first = await cookie(context);
  await login.close();

  const expired = { ...tokens, accessToken: "dead" };
  const one = await tab(context, expired);
  const two = await tab(context, expired);
  assert.deepEqual(await Promise.all([name(one), name(two)]), ["Ada", "Ada"]);

  assert.deepEqual(refreshes, [null], "one refresh, without a token in its body");
  const second = await cookie(context);
  assert.notEqual(second, first);
  for (const page of [one, two]) {
    const text = await readable(page);
    assert.match(text, /"accessToken":"ey/);
    assert.ok(!text.includes(first) && !text.includes(second) && !text.includes("refreshToken"));
  }

  await two.reload();
  await load(two);
  await create(two);
  assert.equal(await two.evaluate(() => window.api.resume()), true);
  assert.equal(await name(two), "Ada");
  assert.deepEqual(refreshes, [null, null]);

  await one.evaluate(() => window.api.logOut());

  assert.deepEqual(await context.cookies(url), []);
  await two.waitForFunction(() => window.kept.length > 0 && window.kept.at(-1) === undefined);
  const three = await tab(context);
  assert.equal(await three.evaluate(() => window.api.resume()), false);
  assert.equal(refreshes.length, 3, "the new tab asked the suite");
  await context.close();
});

/** The refresh token, in the only cookie that http://localhost has. */
async function cookie(context: BrowserContext): Promise<string> {
  const cookies = await context.cookies(url);
  assert.deepEqual(
    cookies.map(({ name, path, httpOnly, secure, sameSite }) => ({ name, path, httpOnly, secure, sameSite })),
    [{ name: "herald-refresh", path: "/", httpOnly: true, secure: false, sameSite: "Strict" }],
  );
  const { value } = cookies[0]!;
  assert.match(value, /.{20}/);
  return value;
}

async function tab(context: BrowserContext, tokens?: Tokens): Promise<Page> {
  const page = await open(context, pages.url);
  await create(page, tokens);
  return page;
}

function create(page: Page, tokens?: Tokens): Promise<void> {
  return page.evaluate(
    ([base, given]) => {
      window.kept = [];
      window.api = window.herald(base, { storage: "cookie", tokens: given, onTokens: (pair) => window.kept.push(pair) });
    },
    [url, tokens] as const,
  );
}
