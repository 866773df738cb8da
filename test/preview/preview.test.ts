import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PNG } from "pngjs";
import { afterAll, describe, expect, test } from "vitest";
import { hasChromium, visit } from "../browser.js";
import { smallEvent } from "../cli/event.js";
import { lulus, newFolder, writeFiles } from "../cli/lulus.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill();
});

/** The small event with the template `classic` as a folder of its own, to be worked on. */
function workshop(): string {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  cpSync(join(root, "templates/classic"), join(folder, "mine"), { recursive: true });
  edit(folder, "event.yaml", "  - id: participant\n", "  - id: participant\n    template: mine\n");
  return folder;
}

function edit(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), "utf8");
  expect(text).toContain(from);
  writeFileSync(
    join(folder, file),
    text.replace(from, () => to),
  );
}

async function serve(folder: string): Promise<string> {
  const child = spawn(process.execPath, [join(root, "bin/lulus.js"), "preview", folder, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (text) => resolve(String(text))),
  );
  return (JSON.parse(line) as { url: string }).url;
}

/** A picture gets its description once it has been drawn. */
const drawn = '#picture:not([alt=""])';

describe.runIf(hasChromium)("the preview in a browser", () => {
  test("shows the certificate, its cases, a grid and the boxes, and asks nobody else for anything", async () => {
    const url = await serve(workshop());
    const { page, said, requested } = await visit();
    await page.goto(url);
    await page.waitForSelector(drawn);
    const cases = await page.locator("#specimen option").allTextContents();
    expect(cases.length).toBe(6);
    expect(cases.join()).toContain("Siti Aminah, S.Kep., Ns.");
    await page.check("#grid");
    await page.check("#boxes");
    expect(await page.locator("#overlay .coarse").count()).toBeGreaterThan(40);
    expect(await page.locator("#overlay rect title", { hasText: "name:" }).count()).toBe(1);
    await page.selectOption("#specimen", "utmost");
    await page.waitForSelector("#picture[alt*=Prawiranegara]");
    expect(said).toEqual([]);
    expect(requested.filter((address) => !address.startsWith(url) && !address.startsWith("blob:"))).toEqual(
      [],
    );
  });

  test("follows what is saved, and shows what is wrong in the place of the picture", async () => {
    const folder = workshop();
    const { page } = await visit();
    await page.goto(await serve(folder));
    await page.waitForSelector(drawn);
    const before = await page.getAttribute("#picture", "src");
    edit(folder, "mine/template.yaml", "type: qr", "type: qrr");
    await page.waitForSelector(".trouble .place");
    expect(await page.textContent(".trouble .place")).toMatch(/mine\/template\.yaml:\d+:\d+/);
    edit(folder, "mine/template.yaml", "type: qrr", "type: qr");
    await page.waitForSelector(".trouble", { state: "detached" });
    await page.waitForSelector(`#picture:not([src="${before}"])`);
  });

  test("a title with markup stays text", async () => {
    const folder = workshop();
    edit(folder, "event.yaml", "Menulis Notula yang Dibaca Orang", "<img src=x onerror=alert(1)> & Co");
    const { page, said } = await visit();
    await page.goto(await serve(folder));
    await page.waitForSelector(drawn);
    expect(await page.textContent("#title")).toBe("<img src=x onerror=alert(1)> & Co");
    expect(said).toEqual([]);
  });
});

test("a page elsewhere that gives this address another name is refused", async () => {
  const { port } = new URL(await serve(workshop()));
  const status = await new Promise((resolve, reject) =>
    request({ port, host: "127.0.0.1", path: "/sight", headers: { host: "evil.example" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end(),
  );
  expect(status).toBe(403);
});

describe("the preview as pictures", () => {
  test("one file is one picture; nothing is issued and no key is needed", async () => {
    const folder = workshop();
    const target = join(folder, "sample.png");
    const { status, stdout } = await lulus([
      "preview",
      folder,
      "--png",
      target,
      "--case",
      "mononym",
      "--dpi",
      "60",
    ]);
    expect([status, stdout.trim().endsWith("sample.png")]).toEqual([0, true]);
    const { width, height } = PNG.sync.read(readFileSync(target));
    expect([Math.round(width / 10), Math.round(height / 10)]).toEqual([70, 50]);
    expect(readdirSync(folder).sort()).toEqual(["event.yaml", "mine", "quiz.csv", "sample.png", "zoom.csv"]);
  });

  test("a folder gets every award and case", async () => {
    const folder = workshop();
    const { status } = await lulus(["preview", folder, "--png", join(folder, "shown"), "--dpi", "40"]);
    expect(status).toBe(0);
    expect(readdirSync(join(folder, "shown"))).toHaveLength(6);
  });

  test("a case that cannot be printed is told with element and place, and the others are drawn", async () => {
    const folder = workshop();
    edit(folder, "mine/template.yaml", "fit: { min: 18,", "fit: { min: 31,");
    const { status, stderr } = await lulus([
      "preview",
      folder,
      "--png",
      join(folder, "shown"),
      "--dpi",
      "40",
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/mine\/template\.yaml:\d+:\d+: "Dr\. Ir\. .*text-overflow/);
    expect(readdirSync(join(folder, "shown"))).toHaveLength(5);
  });

  test("an award or case that does not exist is refused with those that do", async () => {
    const folder = workshop();
    const { status, stderr } = await lulus(["preview", folder, "--png", "x.png", "--case", "longets"]);
    expect(status).toBe(2);
    expect(stderr).toContain("known: typical, longest");
  });
});
