import { spawnSync } from "node:child_process";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll } from "vitest";

/** A page opened from the disk, and everything it said or asked for that a report must not. */
export interface Opened {
  readonly page: Page;
  readonly complaints: string[];
}

let browser: Browser | undefined;
afterAll(async () => await browser?.close());

export async function open(file: string, width = 1280): Promise<Opened> {
  browser ??= await chromium.launch({
    executablePath: spawnSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).stdout.trim(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== `file://${file}` && !request.url().startsWith("data:"))
      complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, complaints };
}
