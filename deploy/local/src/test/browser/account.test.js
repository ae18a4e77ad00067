// The life of an account on the page /account, with the links of the real emails.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { ignoreComplaintsOf, openBrowser, openTab, page, password, someAddress } from "./browser.js";

const newPassword = "wrong zebra 43";
const MAIL_LIMIT = 40_000;

test("an address is verified by a click on the page that the email leads to", async () => {
  const email = someAddress();
  await page.goto("/account");
  await submit(page, "Register", { Name: "Ada", Email: email, Password: password });
  await shows(page, "Registered.");
  await logIn(page, email, password);
  assert.equal(await address(page), `Ada, ${email}, is not verified yet.`);

  const tab = await openLink(email, "Welcome to Herald");
  const link = tab.url();
  await page.reload();
  assert.equal(await address(page), `Ada, ${email}, is not verified yet.`, "GET verifies nothing");
  await tab.getByRole("button", { name: "Confirm my address" }).click();
  await tab.getByText("Your address is confirmed.").waitFor();
  await page.reload();
  assert.equal(await address(page), `Ada, ${email}, is verified.`);
  assert.equal(await page.getByRole("button", { name: "Send another link" }).count(), 0);

  await tab.goto(link);
  await tab.getByRole("button", { name: "Confirm my address" }).click();
  await tab.getByText("The link has expired or was used.").waitFor();
  ignoreComplaintsOf(410);
});

test("the list of sessions shows the current one and ends another", async () => {
  const email = await registered();
  await page.goto("/account");
  await logIn(page, email, password);
  const other = await openBrowser({ userAgent: "Other/1.0" });
  await other.goto("/account");
  await logIn(other, email, password);
  await other.reload();
  assert.match(await address(other), /is not verified yet/, "the session outlives the page");

  await page.reload();
  const rows = page.locator("#sessions tr");
  await rows.nth(1).waitFor();
  assert.equal(await rows.filter({ hasText: "this session" }).count(), 1);
  assert.equal(await rows.filter({ hasText: "this session" }).filter({ hasText: "Other/1.0" }).count(), 0);
  await page.getByRole("button", { name: "End the session of Other/1.0" }).click();
  await shows(page, "The session has ended.");

  assert.equal(await rows.count(), 1);
  assert.match(await rows.innerText(), /this session/);
  await other.reload();
  await other.getByRole("heading", { name: "Log in" }).waitFor();
  await other.context().close();
  ignoreComplaintsOf(401);
});

test("a forgotten password is replaced through the link of an email", async () => {
  const email = await registered();
  await page.goto("/account");
  await submit(page, "Forgot your password?", { Email: email });
  await shows(page, "If an account has this address, an email with a link is on its way.");

  await setPassword(email);

  await assertRefused(email, password);
  await logIn(page, email, newPassword);
  assert.equal(await address(page), `Ada, ${email}, is verified.`);
});

test("a change of the address is confirmed by the new one and undone by the old one", async () => {
  const email = await registered();
  const newEmail = someAddress();
  await page.goto("/account");
  await logIn(page, email, password);
  await submit(page, "Your address", { "New email": newEmail, "Current password": password });
  await shows(page, "An email with a link is on its way to the new address.");
  assert.match(await address(page), new RegExp(`^Ada, ${email},.* It changes to ${newEmail} when`));

  const warning = await openLink(email, "A new email address for your Herald account");
  await warning.getByRole("button", { name: "Keep my old address" }).waitFor();
  const confirmation = await openLink(newEmail, "Confirm your new email address");
  await confirmation.getByRole("button", { name: "Confirm my new address" }).click();
  await confirmation.getByText("Your new address is confirmed.").waitFor();
  await page.reload();
  assert.equal(await address(page), `Ada, ${newEmail}, is verified.`);

  const undo = await openLink(email, "Your Herald email address was changed");
  await undo.getByRole("button", { name: "Keep my old address" }).click();
  await undo.getByText("Your account has its old address.").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  await assertRefused(email, password);
  await setPassword(email);
  await logIn(page, email, newPassword);
  assert.match(await address(page), new RegExp(`^Ada, ${email}, `));
});

async function registered() {
  const email = someAddress();
  const response = await page.request.post("/api/users", { data: { name: "Ada", email, password } });
  assert.equal(response.status(), 201);
  return email;
}

/** Fills in the form of a section by the labels of its fields, and sends it. */
async function submit(on, section, fields) {
  const form = on.getByRole("region", { name: section, exact: true }).locator("form:visible").filter({ has: on.locator("label") });
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(label).fill(value);
  }
  await form.getByRole("button").click();
}

async function logIn(on, email, secret) {
  await submit(on, "Log in", { Email: email, Password: secret });
  await shows(on, "Logged in.");
}

async function assertRefused(email, wrong) {
  await submit(page, "Log in", { Email: email, Password: wrong });
  await page.getByRole("heading", { name: "POST /api/auth/login: 401" }).waitFor();
  assert.match(await page.locator("#steps li").first().innerText(), /"code": "invalid-credentials"/);
  ignoreComplaintsOf(401);
}

function shows(on, text) {
  return on.getByRole("status").getByText(text).waitFor();
}

async function address(on) {
  await on.locator("#logged-in").waitFor();
  return on.locator("#address").innerText();
}

/** With the link of the only email that has one. */
async function setPassword(email) {
  const tab = await openLink(email, "Set a new Herald password");
  await tab.getByLabel("New password").fill(newPassword);
  await tab.getByRole("button", { name: "Set the password" }).click();
  await tab.getByText("Your new password is set.").waitFor();
}

/** Opens the link of the email with this subject in a tab, as soon as the email is in the inbox. */
async function openLink(email, subject) {
  const tab = await openTab();
  const mail = tab.getByRole("row", { name: email }).getByRole("link", { name: subject, exact: true });
  for (const end = Date.now() + MAIL_LIMIT; Date.now() < end && (await mail.count()) === 0; await setTimeout(200)) {
    await tab.goto(`/inbox?address=${encodeURIComponent(email)}`);
  }
  await mail.click();
  await tab.getByRole("link", { name: "Show as HTML" }).click();
  const response = await tab.goto(await tab.locator("a").getAttribute("href"));
  assert.equal(response.status(), 200);
  assert.equal(response.headers()["referrer-policy"], "no-referrer");
  return tab;
}
