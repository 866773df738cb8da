import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Certificate, EventRecord } from "../../src/model/certificate.js";
import { glyphDemand, type Press, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { openTypesetter } from "../../src/render/typesetter.js";
import { readPdf } from "../../src/verify/pdf.js";
import { isShown } from "../../src/verify/shown.js";
import { needs } from "../tools.js";

const root = new URL("../../templates/classic/", import.meta.url);
const files = new Map(
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes("."))
    .map((path) => [path, new Uint8Array(readFileSync(new URL(path, root)))]),
);
const template = parseTemplate(files, "templates/classic", "id");

const record: EventRecord = {
  v: 1,
  issuer: "did:web:s.example:v",
  name: "Badan Pelatihan Aparatur Provinsi Nusa Raya",
  event: "coba-1",
  title: "Menulis Notula yang Dibaca Orang",
  language: "id",
  start: "2024-10-24",
  end: "2024-10-25",
  awards: [{ id: "participant", label: "Peserta" }],
  fields: { hours: "3 JP", place: "Kota Baru" },
  verify: "https://s.example/v",
};

const certificate = (name: string, more: Partial<Certificate> = {}): Certificate => ({
  event: "coba-1",
  person: "email:x@x.example",
  award: "participant",
  revision: 0,
  number: "0001/coba-1/2024",
  name,
  email: null,
  personal: {},
  sensitive: {},
  date: "2024-10-25",
  cti: "00".repeat(10),
  statusIndex: 1,
  token: "7".repeat(420),
  file: "0001.pdf",
  ...more,
});

const names = [
  "Dr. H. Ma’ruf Effendi, S.E., M.Si.",
  "Ḥasan aṣ-Ṣiddīq",
  "Ni Luh Ayu Prafitri",
  "Suharto",
  "Siti Nur'aini",
  "José Núñez-Müller",
  "Dr. Ir. Hj. Raden Ayu Kusumaningtyas Djojoadhiningrat Prawiranegara, S.H., S.E., M.Si., M.M.",
  "<b>Budi</b> (Tarigan) \\ 100%",
];
const certificates = names.map((name) => certificate(name));
let press: Press;
const folder = mkdtempSync(join(tmpdir(), "lulus-press-"));
beforeAll(async () => {
  press = await setPress(template, record, glyphDemand(template, record, certificates));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(one: Certificate): string {
  const path = join(folder, "certificate.pdf");
  writeFileSync(path, press.stamp(one));
  return path;
}

describe("a stamped certificate", () => {
  test.each(certificates.map((one) => [one.name, one] as const))("of %s reads back whole", (name, one) => {
    const read = readPdf(press.stamp(one));
    expect(read?.seal).toBe("whole");
    expect(isShown(name, read?.texts ?? [])).toBe(true);
    expect(isShown(one.number, read?.texts ?? [])).toBe(true);
  });

  test.skipIf(!needs("pdftotext")).each(certificates.map((one) => [one.name, one] as const))(
    "of %s is read so by another program",
    (name, one) => {
      const text = execFileSync("pdftotext", [written(one), "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
      expect(text.normalize("NFC")).toContain(name);
      expect(text).toContain("SERTIFIKAT");
      expect(text).toContain("24–25 Oktober 2024");
    },
  );

  test.skipIf(!needs("qpdf"))("is sound for qpdf", () => {
    for (const one of certificates)
      expect(execFileSync("qpdf", ["--check", written(one)], { encoding: "utf8" })).toContain("No syntax");
  });

  test.skipIf(!needs("zbarimg") || !needs("pdftoppm"))(
    "shows a QR code that is read from a print at 150 dpi",
    () => {
      const link = `${record.verify}#${"7".repeat(420)}`;
      execFileSync("pdftoppm", [
        "-r",
        "150",
        "-png",
        "-singlefile",
        written(certificate("Suharto")),
        join(folder, "page"),
      ]);
      expect(
        execFileSync("zbarimg", ["-q", "--raw", join(folder, "page.png")], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        }).trim(),
      ).toBe(link);
    },
  );

  test("has the same bytes each time, and at most 60 KB", async () => {
    const again = await setPress(template, record, glyphDemand(template, record, certificates));
    for (const one of certificates) {
      const bytes = press.stamp(one);
      expect(again.stamp(one).equals(bytes)).toBe(true);
      expect(bytes.length).toBeLessThan(60_000);
    }
  });
});

describe("what cannot be printed whole is told before anything is issued", () => {
  test.each([
    ["a letter that no font has", "Suharto 😀", "glyph"],
    ["a name that fits at no size", "Wijayakusumaningratsastranegara ".repeat(6).trim(), "width"],
    ["a name of over 200 letters", "Ani ".repeat(60).trim(), "length"],
  ])("%s", async (_, name, why) => {
    const typesetter = await openTypesetter(template, { record, certificate: certificate("") });
    expect(typesetter.unprintable({ name, personal: {}, sensitive: {} })).toMatchObject({ why });
    expect(typesetter.unprintable({ name: "Suharto", personal: {}, sensitive: {} })).toBeNull();
  });
});

describe("a template without what it needs is refused with its place", () => {
  const broken = (change: (text: string) => string, without?: string) => {
    const copy = new Map(files);
    copy.set(
      "template.yaml",
      new TextEncoder().encode(change(new TextDecoder().decode(files.get("template.yaml")))),
    );
    if (without !== undefined) copy.delete(without);
    return () => parseTemplate(copy, "own", "id");
  };

  test.each([
    ["its font", (text: string) => text, "fonts/Cinzel_600SemiBold.ttf", /Cinzel_600SemiBold/],
    ["its background", (text: string) => text, "background.pdf", /background\.pdf/],
    ["a known key", (text: string) => text.replace("valign: bottom", "valing: bottom"), undefined, /valing/],
    [
      "a declared field",
      (text: string) => text.replace("{{award.label | upper}}", "{{award.lable | upper}}"),
      undefined,
      /award\.lable/,
    ],
    ["a known font", (text: string) => text.replace("font: display", "font: displya"), undefined, /displya/],
  ])("%s", (_, change, without, message) => {
    expect(broken(change, without)).toThrow(message);
  });
});
