import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { herald as Create, Herald, Tokens } from "@herald/client";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

declare global {
  var herald: typeof Create;
  var api: Herald;
  var kept: (Tokens | undefined)[];
}

/** Undefined if Chromium is not installed. */
export const program = chromiumOnPath();

export function launch(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** A tab with the client, on a page of the stub. */
export async function open(context: BrowserContext, url: string, locks = true): Promise<Page> {
  const page = await context.newPage();
  if (!locks) {
    await page.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
  }
  await page.goto(url);
  await load(page);
  return page;
}

export async function load(page: Page): Promise<void> {
  await page.addScriptTag({ type: "module", content: 'import { herald } from "/client.js"; window.herald = herald;' });
  await page.waitForFunction(() => window.herald !== undefined);
}

export function name(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => (await window.api.GET("/api/users/me")).data?.name);
}

/** All that a script of the page can read. */
export function readable(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, window.kept]),
  );
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
