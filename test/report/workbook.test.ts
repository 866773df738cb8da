import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { copyOf, lulus, newFolder } from "../cli/lulus.js";
import { hostile, writeNasty } from "./nasty.js";

async function workbook(event: string, name = "laporan.xlsx") {
  const file = join(newFolder(), name);
  const { status, stderr } = await lulus(["check", event, "--report", file]);
  if (status !== 0) throw new Error(stderr);
  const { default: readExcelFile } = await import("read-excel-file/node");
  const sheets = await readExcelFile(file);
  const parts = Object.entries(unzipSync(readFileSync(file)));
  const xml = parts.filter(([path]) => path.startsWith("xl/worksheets")).map(([, bytes]) => strFromU8(bytes));
  return { file, sheets, xml };
}

test("lists people with numbers as numbers and text as text, and reasons, inputs and warnings", async () => {
  const { sheets } = await workbook(copyOf("webinar"));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(["Orang", "Alasan", "Berkas masukan", "Peringatan"]);
  const [header = [], ...rows] = sheets[0]?.data ?? [];
  expect(rows.length).toBe(376);
  const at = (title: string) => header.indexOf(title);
  const row = rows.find((cells) => cells[at("Nama")] === "Agus Hidayat");
  expect(row?.[at("NIP")]).toBe("197609232015011091");
  expect(row?.[at("main: persen")]).toBeCloseTo(0.9614, 6);
  expect(row?.[at("post-test: poin")]).toBe(9);
  expect(row?.[at("Keputusan")]).toBe("Memenuhi syarat");
  expect(sheets[1]?.data[1]).toEqual([85, "kuis tidak selesai", "quiz-missing"]);
});

test("no cell is a formula, whatever a name begins with, and every name stands there whole", async () => {
  const { sheets, xml } = await workbook(writeNasty(newFolder()));
  expect(xml.join("")).not.toMatch(/<f[ >/]/);
  const names = (sheets[0]?.data ?? []).map(([name]) => String(name).trim());
  for (const name of Object.values(hostile)) expect(names).toContain(name);
});

test("the heading stays in sight and can be filtered by", async () => {
  const { xml } = await workbook(copyOf("meeting"));
  expect(xml[0]).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
  expect(xml[0]).toMatch(/<autoFilter ref="A1:[A-Z]+66"\/>/);
});

test("the same check gives the same bytes", async () => {
  const event = copyOf("meeting");
  const first = await workbook(event);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  const second = await workbook(event);
  expect(readFileSync(first.file).equals(readFileSync(second.file))).toBe(true);
});
