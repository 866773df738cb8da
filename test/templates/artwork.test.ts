import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { draftTemplate } from "../../src/artwork/draft.js";
import { samplesIn } from "../../src/artwork/meaning.js";
import { designOf } from "../../src/cli/design.js";
import { smallEvent } from "../cli/event.js";
import { type Ended, lulus, newFolder, writeFiles } from "../cli/lulus.js";
import { needs } from "../tools.js";
import { pdfDesign, pngDesign } from "./designs.js";

interface Made extends Ended {
  readonly folder: string;
  readonly elements: readonly {
    id: string;
    box: [number, number, number, number];
    value: string;
    align?: string;
    color?: string;
    size: number;
  }[];
  readonly size: unknown;
}

async function made(name: string, bytes: Uint8Array, more: readonly string[] = []): Promise<Made> {
  const folder = newFolder();
  writeFileSync(join(folder, name), bytes);
  const ended = await lulus(["template", "new", "own", "--from", name, ...more], { cwd: folder });
  const file = join(folder, "own", "template.yaml");
  if (!existsSync(file)) return { ...ended, folder, elements: [], size: null };
  const [page] = (
    parse(readFileSync(file, "utf8")) as { pages: { size: unknown; elements: Made["elements"] }[] }
  ).pages;
  return { ...ended, folder, elements: page?.elements ?? [], size: page?.size };
}

const boxOf = ({ elements }: Made, id: string) =>
  elements.find((element) => element.id === id)?.box ?? [0, 0, 0, 0];
const mm = (points: number) => (points * 25.4) / 72;

describe("a template made from a design", () => {
  test("is in order at once, and certificates come out of it", async () => {
    const design = await made("design.pdf", await pdfDesign({ busy: [[0, 0, 250, 596]] }));
    expect(design.status).toBe(0);
    const check = await lulus(["template", "check", "own"], { cwd: design.folder });
    expect(check).toMatchObject({ status: 0, stdout: expect.stringContaining("all right") });
    const event = (smallEvent["event.yaml"] ?? "").replace(
      "  - id: participant\n",
      "  - id: participant\n    template: own\n",
    );
    writeFiles(design.folder, Object.entries({ ...smallEvent, "event.yaml": event }));
    await lulus(["key", "create", "--no-passphrase"], { cwd: design.folder });
    const issue = await lulus(["issue", "--quiet"], { cwd: design.folder });
    expect(issue).toMatchObject({ status: 0, stderr: "" });
    const output = join(design.folder, "certificates");
    const [file = ""] = readdirSync(output).filter((name) => name.endsWith(".pdf"));
    if (needs("pdftotext")) {
      const text = execFileSync("pdftotext", [join(output, file), "-"], { encoding: "utf8" });
      expect(text).toMatch(/Siti Aminah|Budi Santoso/);
      expect(text).toContain("/coba-1/2024");
    }
  });

  test("puts the code on calm, light ground, low on the page, and not across what is written", async () => {
    const design = await made(
      "design.pdf",
      await pdfDesign({ busy: [[0, 0, 420, 596]], texts: [["Kepala Badan Pelatihan", 620, 60, 14]] }),
    );
    const [x, y, width, height] = boxOf(design, "qr");
    expect(width).toBe(32);
    expect(x).toBeGreaterThan(mm(420));
    expect(y + height).toBeGreaterThan(210 / 2);
    const [left, , ,] = [mm(620)];
    const writing = { top: 210 - mm(60 + 14), bottom: 210 - mm(60) };
    expect(y > writing.bottom || y + height < writing.top || x + width < left).toBe(true);
  });

  test.each([
    ["NAMA PESERTA", "name", "recipient.name"],
    ["<<Name>>", "name", "recipient.name"],
    ["{{Nama Lengkap}}", "name", "recipient.name"],
    ["Your Name Here", "name", "recipient.name"],
    ["Nomor: <<Nomor Sertifikat>>", "number", "certificate.number"],
    ["[INSTANSI]", "institution", "recipient.institution"],
  ])("takes the place of the sample text %s, and says that it must go", async (text, id, value) => {
    const bytes = await pdfDesign({ texts: [[text, 300, 300, 28]] });
    const { texts, findings } = await draftTemplate(await designOf(bytes, 1, "design.pdf"));
    expect(findings.find(({ code }) => code === "sample-text")?.message).toMatch(
      /still says ".*" at \d+(\.\d)?, \d+(\.\d)? mm from the top left/,
    );
    const found = texts.find((one) => one.id === id);
    expect(found?.value).toContain(value);
    const { y, height } = found?.box ?? { y: 0, height: 0 };
    // the letters' own place lies inside of the box
    expect(y).toBeLessThan(210 - mm(300 + 14));
    expect(y + height).toBeGreaterThan(210 - mm(300 + 4));
  });

  test.each(["Seri [12]", "100% gratis dan 50% lebih", "Nama Peserta Terbaik: Siti", "Sertifikat"])(
    "does not take %s for sample text",
    (text) => expect(samplesIn(text)).toEqual([]),
  );

  test("that still holds sample text is made, but is not in order", async () => {
    const design = await made("design.pdf", await pdfDesign({ texts: [["NAMA PESERTA", 300, 300, 28]] }));
    expect(design).toMatchObject({ status: 1, stderr: expect.stringContaining("sample-text") });
    const check = await lulus(["template", "check", "own"], { cwd: design.folder });
    expect(check.status).toBe(1);
    expect(check.stdout).toMatch(/^error: own\/template\.yaml:\d+:\d+: the design still says/);
  });

  test("finds sample text on a page that was turned", async () => {
    const look = {
      width: 595.28,
      height: 841.89,
      turned: 90,
      texts: [["NAMA PESERTA", 200, 250, 30, 90]],
    } as const;
    const design = await made("design.pdf", await pdfDesign(look));
    expect(design.size).toBe("A4-landscape");
    const [, y, , height] = boxOf(design, "name");
    // the baseline is 200 points from what is now the top
    expect(Math.abs(y + height - mm(200))).toBeLessThan(5);
  });

  test("keeps the size of a slide, and says that it is no paper", async () => {
    const design = await made("slide.pdf", await pdfDesign({ width: 960, height: 540 }));
    expect(design.status).toBe(0);
    expect(design.size).toEqual([338.7, 190.5]);
    expect(design.stderr).toContain("PowerPoint");
    expect((await lulus(["template", "check", "own"], { cwd: design.folder })).status).toBe(0);
  });

  test("turns the fields of a form into boxes with their place, and names those it does not know", async () => {
    const design = await made(
      "form.pdf",
      await pdfDesign({
        fields: [
          ["nama", 150, 300, 540, 60],
          ["employee_number", 150, 260, 540, 24],
          ["instansi", 150, 230, 540, 24],
          ["nomer_sertifikat", 150, 420, 540, 24],
          ["warna_favorit", 20, 20, 100, 20],
        ],
      }),
    );
    expect(design.status).toBe(0);
    const values = Object.fromEntries(design.elements.map(({ id, value }) => [id, value]));
    expect(values).toMatchObject({
      name: "{{recipient.name}}",
      nip: "{{recipient.nip | nip}}",
      institution: "{{recipient.institution}}",
      number: "{{certificate.number}}",
    });
    const [x, y, width, height] = boxOf(design, "name");
    for (const [found, wanted] of [
      [x, mm(150)],
      [y, 210 - mm(360)],
      [width, mm(540)],
      [height, mm(60)],
    ] as const)
      expect(Math.abs(found - wanted)).toBeLessThan(0.5);
    expect(design.elements.find(({ id }) => id === "institution")).toMatchObject({
      align: "center",
      size: 18,
    });
    expect(design.stderr).toContain('"warna_favorit"');
    expect((await lulus(["template", "check", "own"], { cwd: design.folder })).status).toBe(0);
  });

  test("takes a picture for a page of its shape, and says if it is coarse", async () => {
    const coarse = await made("design.png", pngDesign(1123, 794));
    expect(coarse).toMatchObject({ status: 0, size: "A4-landscape" });
    expect(coarse.stderr).toContain("96 dots per inch");
    const fine = await made("design.png", pngDesign(2339, 1654));
    expect(fine.stderr).not.toContain("dots per inch");
  });

  test("takes the page that is asked for", async () => {
    const bytes = await pdfDesign({ page: 3 });
    expect((await made("design.pdf", bytes, ["--page", "3"])).size).toBe("A4-landscape");
    expect(await made("design.pdf", bytes, ["--page", "4"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no page 4"),
    });
  });

  test.each([
    ["no picture", new TextEncoder().encode("Nama,Nilai\n"), "design.png"],
    ["a damaged PDF", new TextEncoder().encode("%PDF-1.7\n1 0 obj\n"), "design.pdf"],
  ])("is not made from %s, and no folder is left behind", async (_, bytes, name) => {
    const design = await made(name, bytes);
    expect(design.status).toBe(2);
    expect(design.stderr).toMatch(/^error: /);
    expect(existsSync(join(design.folder, "own"))).toBe(false);
  });
});

describe("a copy of a built-in template", () => {
  test.each(["classic", "modern", "piagam"])("of %s is whole and in order", async (name) => {
    const folder = newFolder();
    expect((await lulus(["template", "new", "own", "--like", name], { cwd: folder })).status).toBe(0);
    const check = await lulus(["template", "check", "own", "--json"], { cwd: folder });
    expect(check.status).toBe(0);
    expect(JSON.parse(check.stdout)).toMatchObject({
      schema: "lulus.template-check/1",
      ok: true,
      findings: [],
    });
  });

  test("is never written over somebody's work", async () => {
    const folder = writeFiles(newFolder(), [["own/notes.txt", "mine"]]);
    const { status, stderr } = await lulus(["template", "new", "own"], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain("not empty");
    expect(readdirSync(join(folder, "own"))).toEqual(["notes.txt"]);
  });
});

describe("checking a template", () => {
  test("tells every flaw with its place", async () => {
    const folder = newFolder();
    await lulus(["template", "new", "own"], { cwd: folder });
    const file = join(folder, "own", "template.yaml");
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace("{{event.title}}**", "{{event.titel}}**")
        .replace("valign: bottom", "valing: bottom"),
    );
    const { status, stdout } = await lulus(["template", "check", "own"], { cwd: folder });
    expect(status).toBe(1);
    expect(stdout).toMatch(/own\/template\.yaml:\d+:\d+: .*valing/);
    expect(stdout).toContain("did you mean `valign`?");
  });

  test("of what is no template ends with 2", async () => {
    expect(await lulus(["template", "check", "nothing"], { cwd: newFolder() })).toMatchObject({
      status: 2,
      stdout: "",
    });
  });
});
