import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { copyOf, lulus, newFolder } from "../cli/lulus.js";
import { needs } from "../tools.js";
import { open } from "./browser.js";
import { hostile, writeNasty } from "./nasty.js";

async function report(folder: string): Promise<string> {
  const file = join(newFolder(), "laporan.html");
  const { status, stderr } = await lulus(["check", folder, "--report", file]);
  if (status !== 0) throw new Error(stderr);
  return file;
}

let webinar = "";
let nasty = "";
beforeAll(async () => {
  [webinar, nasty] = await Promise.all([report(copyOf("webinar")), report(writeNasty(newFolder()))]);
});

describe("the page as a file", () => {
  test("speaks the language of the event and lets nothing run but its own script", () => {
    const html = readFileSync(webinar, "utf8");
    expect(html.slice(0, 60)).toContain('<html lang="id">');
    const policy =
      /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll("&#39;", "'") ?? "";
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; /,
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const [markup = ""] = html.split('<script id="data"');
    expect(markup.match(/<[^>]+\s(on\w+|style)=|javascript:|https?:\/\/\S*/g)).toBe(null);
  });

  test("names with markup are never markup", () => {
    const html = readFileSync(nasty, "utf8");
    expect(html.match(/<img|<b>Besar|<i>/g)).toBe(null);
    expect(html.match(/<script/g)?.length).toBe(2);
  });
});

describe.runIf(needs("chromium"))("the page in a browser", () => {
  test("shows totals, reasons, what-if, charts, people and inputs without a word to the console or the network", async () => {
    const { page, complaints } = await open(webinar);
    expect(await page.locator(".total b").allTextContents()).toEqual(["376", "237", "10", "129"]);
    expect(await page.locator(".reasons li").first().textContent()).toContain("kuis tidak selesai");
    const rows = await page.locator("#what-if tbody tr").allTextContents();
    expect(rows.map((row) => row.replace(/\s+/g, " ").trim())).toContain("70 %+223910");
    expect(await page.locator("svg.chart").count()).toBe(2);
    expect(await page.locator("svg.chart desc").first().textContent()).toContain(
      "283 dari 314 mencapai 75 %",
    );
    expect(await page.locator("#inputs li h3").allTextContents()).toContain("quiz/post-test.csv");
    expect(await page.locator("#status").textContent()).toBe("376 orang");
    expect(complaints).toEqual([]);
  });

  test("search finds by name without its marks, by address, by NIP and by reason", async () => {
    const { page, complaints } = await open(webinar);
    const found = async (text: string) => {
      await page.fill("#search", text);
      await page.waitForTimeout(30);
      return await page.locator("tr.person .opener").allTextContents();
    };
    expect(await found("ahmad salih")).toEqual(["Aḥmad Ṣāliḥ", "Aḥmad Ṣāliḥ"]);
    expect(await found("agus.hidayat91@")).toEqual(["Agus Hidayat"]);
    expect(await found("197609232015011091")).toEqual(["Agus Hidayat"]);
    expect((await found("syaratnya 75 merry")).length).toBe(1);
    expect(await found("tidak ada yang bernama begini")).toEqual([]);
    expect(await page.locator("#status").textContent()).toContain("Tidak ada yang cocok");
    await page.click("#reset");
    expect(await page.locator("#status").textContent()).toBe("376 orang");
    expect(complaints).toEqual([]);
  });

  test("filters by decision and reason, also from the totals", async () => {
    const { page } = await open(webinar);
    await page.selectOption("#outcome", "review");
    expect(await page.locator("tr.person").count()).toBe(10);
    await page.selectOption("#reason", { label: "satu alamat, beberapa orang" });
    expect(await page.locator("tr.person").count()).toBe(1);
    await page.click(".total.ineligible a");
    expect(await page.locator("#status").textContent()).toBe("129 dari 376 orang");
    await page.click('.reasons a[data-reason="quiz-below"]');
    expect(await page.locator("#status").textContent()).toBe("9 dari 376 orang");
  });

  test("filters by award where there are several", async () => {
    const { page } = await open(nasty);
    await page.selectOption("#award", { label: "Peserta" });
    expect(await page.locator("#status").textContent()).toBe("28 dari 73 orang");
  });

  test("sorts by every column, both ways, and says so", async () => {
    const { page, complaints } = await open(webinar);
    const headings = page.locator("#people-table th button");
    for (let index = 0; index < (await headings.count()); index += 1) {
      const heading = page.locator("#people-table th").nth(index);
      const seen: string[] = [];
      for (const _ of [1, 2]) {
        await headings.nth(index).click();
        seen.push((await heading.getAttribute("aria-sort")) ?? "");
      }
      expect(seen.sort()).toEqual(["ascending", "descending"]);
    }
    await page.locator("th[data-column=attendance] button").click();
    expect(await page.locator("th[data-column=attendance]").getAttribute("aria-sort")).toBe("descending");
    const percents = (await page.locator("td.c-attendance").allTextContents()).map((text) =>
      Number.parseFloat(text.replace(",", ".")),
    );
    expect(percents).toEqual([...percents].sort((a, b) => b - a));
    await page.locator("th[data-column=attendance] button").click();
    expect(await page.locator("td.c-attendance").first().textContent()).toBe("0 %");
    expect(complaints).toEqual([]);
  });

  test("leafs through all people, a hundred at a time", async () => {
    const { page } = await open(webinar);
    const seen: string[] = [];
    for (;;) {
      seen.push(...(await page.locator("tr.person .c-email").allTextContents()));
      if (await page.locator("#next").isDisabled()) break;
      await page.click("#next");
    }
    expect(seen.length).toBe(376);
  });

  test("a row opens with the keyboard to figures, reasons, spellings and lines", async () => {
    const { page } = await open(webinar);
    await page.fill("#search", "merry.latuheru181");
    await page.waitForTimeout(30);
    const opener = page.locator("tr.person .opener");
    await opener.focus();
    await page.keyboard.press("Enter");
    expect(await opener.getAttribute("aria-expanded")).toBe("true");
    const details = page.locator(`#${await opener.getAttribute("aria-controls")}`);
    const text = await details.innerText();
    expect(text).toContain("hadir 74,99 %, syaratnya 75 %");
    expect(text).toContain("2:14:59 dari 3:00:00");
    expect(text).toMatch(/attendance\/attendee_84759841045_2026_10_22\.csv:\d+/);
    await page.keyboard.press("Space");
    expect(await details.count()).toBe(0);
  });

  test("names stay text, whatever they look like", async () => {
    const { page, complaints } = await open(nasty);
    const names = await page.locator("tr.person .opener").allTextContents();
    for (const name of Object.values(hostile)) expect(names).toContain(name);
    for (const button of await page.locator("tr.person .opener").all()) await button.click();
    expect(await page.locator("img, main script, iframe, main a[href^=http]").count()).toBe(0);
    expect(await page.locator("h1").textContent()).toBe("Rapat <b>Besar</b> & Kecil");
    expect(complaints).toEqual([]);
  });

  test("on a telephone nothing is wider than the screen", async () => {
    for (const file of [webinar, nasty]) {
      const { page } = await open(file, 360);
      for (const button of (await page.locator("tr.person .opener").all()).slice(0, 15)) await button.click();
      for (const summary of await page.locator("summary").all()) await summary.click();
      const wide = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(wide).toBe(0);
      await page.selectOption("#sort", "attendance descending");
      expect(await page.locator("td.c-attendance").first().textContent()).toMatch(/^(100|9\d)/);
    }
  });

  test.runIf(needs("pdftotext"))("on paper everybody is there, and no control", async () => {
    const { page } = await open(webinar);
    const { spawnSync } = await import("node:child_process");
    const pdf = await page.pdf({ format: "A4" });
    const text = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" }).stdout;
    expect(text.match(/✓|✕/g)?.length).toBeGreaterThanOrEqual(366);
    expect(text).toContain("Merry Latuheru");
    expect(text).toContain("Tercantum, tetapi tidak pernah terlihat");
    expect(text).not.toMatch(/Berikutnya|Urutkan|Tampilkan/);
    expect(await page.locator("tr.person").count()).toBe(100);
  });

  test("headings, fields and tables have names for those who do not see them", async () => {
    const { page } = await open(nasty);
    for (const field of await page.locator("input:visible, select:visible").all())
      expect(
        await field.evaluate((node) => ("labels" in node ? (node.labels as { length: number }).length : 0)),
      ).toBe(1);
    for (const heading of await page.locator("#people-table th").all())
      expect(await heading.getAttribute("scope")).toBe("col");
    expect(await page.locator("#people-table").getAttribute("aria-labelledby")).toBe("people-title");
    expect(await page.locator("h1").count()).toBe(1);
    for (const chart of await page.locator("svg.chart").all())
      expect((await chart.locator("title").textContent())?.length).toBeGreaterThan(3);
  });
});
