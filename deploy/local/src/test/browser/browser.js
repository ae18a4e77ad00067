// Debian's Chromium on the running suite, for the tests of one file.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { chromium } from "playwright-core";

export const password = "correct horse 42";

/** A new one for each test. */
export let page;

let browser;
let complaints;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--disable-quic", "--disable-sync"] });
});

after(() => browser.close());

beforeEach(() => open());

/** What the page's own console complains of, the content security policy included, fails a test. */
afterEach(async () => {
  await page.context().close();
  assert.deepEqual(complaints, []);
});

export async function open(options = {}) {
  await page?.context().close();
  complaints = [];
  page = await openBrowser(options);
}

/** A page that shares no cookies with the others. */
export async function openBrowser(options = {}) {
  const context = await browser.newContext({ baseURL: process.env.HERALD_URL, ...options });
  return watched(await context.newPage());
}

/** A page that shares its cookies with the page of the test. */
export async function openTab() {
  return watched(await page.context().newPage());
}

function watched(opened) {
  opened.setDefaultTimeout(20_000);
  opened.on("pageerror", (error) => complaints.push(error.message));
  opened.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  return opened;
}

/** Chromium complains of each response with an error's status; the test has checked that it is the right one. */
export function ignoreComplaintsOf(status) {
  complaints = complaints.filter((complaint) => !complaint.includes(status));
}

export function someAddress() {
  return `${crypto.randomUUID()}@example.com`;
}
