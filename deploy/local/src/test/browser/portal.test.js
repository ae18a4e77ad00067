// The portal as a person meets it: in Debian's Chromium, on the running suite.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Parser } from "@asyncapi/parser";
import axe from "axe-core";
import { ignoreComplaintsOf, open, page, password, someAddress } from "./browser.js";

/** Axe, on all that is to be seen, in the light and in the dark; the debugger brings it in, which no content security policy concerns. */
async function assertAccessible() {
  await page.evaluate(axe.source);
  const light = await page.evaluate(() => window.axe.run());
  await page.emulateMedia({ colorScheme: "dark" });
  // Colours that are under way are neither.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  const dark = await page.evaluate(() => window.axe.run({ runOnly: ["color-contrast"] }));
  const findings = [...light.violations, ...dark.violations]
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} ${any[0]?.message ?? ""}`));
  assert.equal([...new Set(findings)].join("\n"), "");
}

test("somebody registers in the portal and sees the event and the email", async () => {
  await page.goto("/");
  const email = someAddress();
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Register" }).press("Enter");

  await page.getByRole("status").getByText("Done").waitFor();

  const steps = await page.locator("#steps li").allInnerTexts();
  assert.match(steps[0], /Request[^]*POST \/api\/users/);
  assert.match(steps[1], /Response[^]*201[^]*location: \/api\/users\//);
  const event = steps.find((step) => step.startsWith("Event"));
  const message = steps.find((step) => step.startsWith("Email"));
  assert.match(event, /user-events[^]*ce_type: user\.created/);
  assert.match(message, /Subject: Welcome to Herald/);
  assert.ok(message.includes(email));
  assert.ok(message.includes(event.match(/ce_id: (\S+)/)[1]), "the email's Message-ID is the event's id");
  await assertAccessible();
});

test("the portal shows why a registration is refused", async () => {
  await page.goto("/");
  const email = someAddress();
  await page.request.post("/api/users", { data: { name: "Ada", email, password } });
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Register" }).click();

  await page.getByRole("status").getByText("refused").waitFor();

  assert.match(await page.locator("#steps").innerText(), /email-taken/);
  ignoreComplaintsOf(409);
});

test("somebody signs in at /docs and runs an operation", async () => {
  const email = someAddress();
  await page.request.post("/api/users", { data: { name: "Ada", email, password } });
  await page.goto("/docs");
  await page.getByLabel("Service", { exact: true }).selectOption("user-service");

  const login = page.locator("#operations-Sessions-logIn");
  await login.getByRole("button").first().click();
  await login.getByRole("button", { name: "Try it out" }).click();
  await login.locator("textarea").fill(JSON.stringify({ email, password }));
  await login.getByRole("button", { name: "Execute" }).click();
  const answer = await login.locator(".live-responses-table .microlight, .live-responses-table code").first().innerText();
  await page.getByRole("button", { name: "Authorize" }).first().click();
  await page.getByLabel(/bearer/i).fill(JSON.parse(answer).accessToken);
  await page.locator(".modal-ux").getByRole("button", { name: /apply|authorize/i }).click();
  await page.locator(".modal-ux").getByRole("button", { name: "Close" }).last().click();
  const me = page.locator("#operations-Users-readMe");
  await me.getByRole("button").first().click();
  await me.getByRole("button", { name: "Try it out" }).click();
  await me.getByRole("button", { name: "Execute" }).click();

  await me.locator(".live-responses-table").getByText(email).waitFor();
  await assertAccessible();
});

test("a problem's type leads to a page, which leads to all of them", async () => {
  await page.goto("/problems/email-taken");
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Email taken");
  await assertAccessible();

  await page.getByRole("link", { name: "All problems" }).click();
  await page.getByRole("link", { name: "rate-limited" }).waitFor();
});

test("a problem's page shows code as code, with an example document", async () => {
  await page.goto("/problems/validation-failed");
  assert.equal(await page.locator("dd code", { hasText: "errors" }).count(), 1);
  assert.equal((await page.locator("main").innerText()).includes("`"), false);
  const example = JSON.parse(await page.getByLabel("An example").innerText());
  assert.equal(example.code, "validation-failed");
  assert.equal(example.errors[1].params.min, 8);
});

test("the inbox shows the mails of the suite", async () => {
  const email = someAddress();
  await page.request.post("/api/users", { data: { name: "Ada", email, password } });
  const mail = page.getByRole("row", { name: email }).getByRole("link", { name: "Welcome to Herald" });
  for (let attempt = 0; attempt < 60 && (await mail.count()) === 0; attempt++) {
    await page.goto("/inbox");
    await page.getByLabel("Address").fill(email);
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(/address=/);
  }
  await assertAccessible();
  await mail.click();

  assert.match(await page.getByLabel("Text", { exact: true }).innerText(), /Ada/);
  assert.match(await page.getByRole("region", { name: "Headers" }).innerText(), /Message-ID/);
  await assertAccessible();
  await page.getByRole("link", { name: "Show as HTML" }).click();
  assert.match(await page.locator("body").innerText(), /Ada/);
});

test("every page fits a phone", async () => {
  await open({ viewport: { width: 390, height: 800 } });
  for (const path of ["/", "/problems", "/problems/email-taken", "/events", "/account", "/inbox", "/docs"]) {
    await page.goto(path);
    if (path === "/docs") {
      await page.locator("#operations-Users-readMe").waitFor();
    }
    const [shown, width] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(shown <= width, `${path} is ${shown} px wide`);
  }
  const operation = page.locator("#operations-Users-readMe");
  await operation.getByRole("button").first().click();
  await operation.locator(".parameters-container, .responses-wrapper").first().waitFor();
  const texts = page.locator("#operations-Users-readMe :is(.opblock-summary-path, .opblock-summary-description, td)");
  for (const text of await texts.all()) {
    const box = await text.boundingBox();
    assert.ok(!box || !(await text.innerText()).trim() || box.width >= 60, `${await text.innerText()}: ${box?.width} px`);
  }
});

test("the events are described", async () => {
  await page.goto("/events");
  await page.getByRole("link", { name: "user.created" }).click();
  assert.ok(await page.getByRole("heading", { name: "user.created" }).isVisible());
  await assertAccessible();
});

test("without JavaScript everything is there but the live form", async () => {
  await open({ javaScriptEnabled: false });
  await page.goto("/");
  assert.equal(await page.locator(".calls pre").count(), 5);
  assert.equal(await page.locator("form").isVisible(), false);
  assert.match(await page.locator("noscript").innerText(), /needs JavaScript/);
});

test("the first thing the keyboard reaches leads past the navigation", async () => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#content$/);
});

test("the events' description follows AsyncAPI", async () => {
  const response = await page.request.get("/asyncapi.json");

  // Each error and warning of the specification's rules; 2 and 3 are hints.
  const { diagnostics } = await new Parser().parse(await response.text());
  assert.deepEqual(diagnostics.filter(({ severity }) => severity < 2).map(({ code, path }) => `${code}: ${path.join(".")}`), []);
});

test("the console shows the instances, a log and the latest requests", async () => {
  await page.goto("/console");
  const row = page.getByRole("row", { name: /^user-service/ });
  // The page refreshes itself, and on a busy machine an instance answers late.
  await row.filter({ hasText: /\bUP\b/ }).waitFor();
  await assertAccessible();

  await page.request.get("/problems");
  await page.reload();
  await page.getByRole("rowheader", { name: "GET /problems" }).first().waitFor();

  await row.getByRole("link", { name: /^Log of/ }).click();
  await page.getByRole("heading", { name: /^Log of user-service/ }).waitFor();
  await assertAccessible();
});
