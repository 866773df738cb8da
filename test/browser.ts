import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll } from "vitest";
import { needs } from "./tools.js";

/** Whether pages can be looked at here; where not, one line says that their tests are skipped. */
export const hasChromium = needs("chromium");

let started: Promise<Browser> | undefined;
afterAll(async () => (await started)?.close());

export interface Visit {
  readonly page: Page;
  /** what the page's console and its uncaught errors said; a sound page says nothing */
  readonly said: string[];
  /** every address that the page asked for */
  readonly requested: string[];
}

/** A fresh page of a browser that is not remembered from test to test. */
export async function visit(viewport = { width: 1280, height: 800 }): Promise<Visit> {
  started ??= chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  const context = await (await started).newContext({ viewport });
  const page = await context.newPage();
  const said: string[] = [];
  const requested: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  page.on("request", (request) => requested.push(request.url()));
  return { page, said, requested };
}
