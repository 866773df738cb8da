import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse as parseCsv } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { smallEvent } from "../cli/event.js";
import { lulus, newFolder, writeFiles } from "../cli/lulus.js";
import { needs } from "../tools.js";

const root = fileURLToPath(new URL("../../templates/", import.meta.url));
const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const languages = ["id", "en"] as const;
const cases = names.flatMap((name) => languages.map((language) => [name, language] as const));

/** Everything that the built-in templates know to print; each must be found on the page. */
const printed: Record<string, readonly string[]> = {
  classic: [
    "3 JP",
    "Kota Baru",
    "Dr. Contoh Pejabat, S.Sos.",
    "Kepala Badan",
    "Pembina Utama",
    "19700101 199503 1 002",
    "a.n. Gubernur",
    "Membaca Data",
    "Ir. Bagus Nugroho",
  ],
  modern: [
    "Kota Baru",
    "Dr. Contoh Pejabat, S.Sos.",
    "Group Internet Based",
    "Online",
    "Auditing (Governmental)",
    "2.0 CPE",
    "3.0 CPE credits",
    "000000",
    "Jalan Contoh 1",
    "cpe@bpa.example",
    "50",
    "approved by the Example Board",
  ],
  piagam: [
    "3 JP",
    "Kota Baru",
    "Dr. Contoh Pejabat, S.Sos.",
    "Kepala Badan",
    "Pembina Utama",
    "19700101 199503 1 002",
    "a.n. Gubernur",
  ],
};
const titles = {
  classic: { id: "SERTIFIKAT", en: "CERTIFICATE" },
  modern: { id: "Sertifikat", en: "Certificate of Completion" },
  piagam: { id: "PIAGAM PENGHARGAAN", en: "CERTIFICATE OF APPRECIATION" },
} as Record<string, Record<string, string>>;

const fields = `  fields:
    hours: 3 JP
    place: Kota Baru
    method: Group Internet Based
    location: Online
    signatory: { on_behalf_of: a.n. Gubernur, title: Kepala Badan, name: "Dr. Contoh Pejabat, S.Sos.", rank: Pembina Utama, nip: "197001011995031002" }
    curriculum:
      - { title: Membaca Data, speaker: "Ir. Bagus Nugroho", hours: 2 }
      - Diskusi
    credits: [{ field: Auditing (Governmental), amount: "2.0", unit: CPE }, { field: Ethics, amount: "1.0", unit: CPE }]
    total_credits: 3.0 CPE credits
    sponsor: { address: Jalan Contoh 1, contact: cpe@bpa.example, id_label: Registry ID, id: "000000" }
    fifty_minute_hour: true
    statements: [This activity was approved by the Example Board.]
`;

/** Award by award, which here is template by template: the files of the small event. */
async function issued(language: string, more: string): Promise<Map<string, string[]>> {
  const folder = newFolder();
  const when = "when: { attendance: { min_percent: 75 } }";
  const awards = names.map((name) => `  - { id: ${name}, label: Peserta, template: ${name}, ${when} }\n`);
  const event = (smallEvent["event.yaml"] ?? "")
    .replace("language: en", `language: ${language}`)
    .replace(/^awards:.*?(?=^certificate:)/ms, `awards_all: true\nawards:\n${awards.join("")}`)
    .replace(/^verify:/m, `${more}verify:`);
  writeFiles(folder, Object.entries({ ...smallEvent, "event.yaml": event }));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  expect(await lulus(["issue", folder, "--quiet"])).toMatchObject({ stderr: "", status: 0 });
  const output = join(folder, "certificates");
  const rows = parseCsv(readFileSync(join(output, "certificates.csv")), {
    columns: true,
    bom: true,
  }) as Row[];
  return new Map(
    names.map((name) => [
      name,
      rows.filter(({ award }) => award === name).map(({ file }) => join(output, file)),
    ]),
  );
}

interface Row {
  readonly award: string;
  readonly file: string;
}

function textOf(file: string): string {
  return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
}

const everything = new Map<string, { full: Map<string, string[]>; bare: Map<string, string[]> }>();
beforeAll(async () => {
  for (const language of languages)
    everything.set(language, { full: await issued(language, fields), bare: await issued(language, "") });
}, 120_000);

describe.each(cases)("the template %s in %s", (name, language) => {
  let full: readonly string[] = [];
  let bare: readonly string[] = [];
  beforeAll(() => {
    full = everything.get(language)?.full.get(name) ?? [];
    bare = everything.get(language)?.bare.get(name) ?? [];
  });

  test("takes at most 60 KB a certificate", () => {
    expect(full.length).toBeGreaterThan(1);
    for (const file of [...full, ...bare]) expect(readFileSync(file).length).toBeLessThan(60_000);
  });

  test.skipIf(!needs("pdftotext"))("prints all that the event says", () => {
    const text = textOf(full.find((file) => file.includes("Siti-Aminah")) ?? "");
    const always = [
      "Siti Aminah, S.Kep., Ns.",
      "/coba-1/2024",
      "Menulis Notula yang Dibaca Orang",
      "s.example",
    ];
    for (const wanted of [...always, titles[name]?.[language] ?? "?", ...(printed[name] ?? [])])
      expect(text).toContain(wanted);
    expect(text.toLowerCase()).toContain("peserta");
    expect(text.toLowerCase()).toContain("badan pelatihan aparatur");
    expect(text).toMatch(/[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}/);
    expect(text).toContain(language === "id" ? "24 Oktober 2024" : "24 October 2024");
  });

  test.skipIf(!needs("pdftotext"))("leaves no trace of what the event does not say", () => {
    const text = textOf(bare[0] ?? "");
    expect(text).not.toMatch(
      /\{\{|\[\[|undefined|null|NIP|, \.|,,|\( ?\)|CREDITS|METHOD|LOCATION|setara|equivalent/i,
    );
  });

  test.skipIf(!needs("pdftoppm") || !needs("zbarimg"))(
    "shows a code that is read from a page of 120 dpi",
    () => {
      const picture = join(newFolder(), "page");
      execFileSync("pdftoppm", ["-r", "120", "-png", "-singlefile", full[0] ?? "", picture]);
      const read = execFileSync("zbarimg", ["-q", "--raw", `${picture}.png`], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      expect(read.startsWith("https://s.example/v#")).toBe(true);
    },
  );
});

describe.each(names)("the template %s", (name) => {
  test("brings a licence for each of its fonts, and nothing that it does not use", () => {
    const { fonts } = parse(readFileSync(join(root, name, "template.yaml"), "utf8")) as {
      fonts: Record<string, Record<string, unknown>>;
    };
    const used = Object.values(fonts).flatMap((family) =>
      Object.values(family).filter((value): value is string => typeof value === "string"),
    );
    const files = readdirSync(join(root, name, "fonts"));
    expect(files.filter((file) => file.endsWith(".ttf")).sort()).toEqual(
      [...new Set(used)].map((path) => path.replace("fonts/", "")).sort(),
    );
    for (const path of used) {
      const licence = join(root, name, path.replace(/_[^/]*$/, "_LICENSE.txt"));
      expect(existsSync(licence) && readFileSync(licence, "utf8")).toContain("SIL Open Font License");
    }
  });

  test("is drawn by its script to the same bytes", () => {
    const file = join(root, name, "background.pdf");
    const before = readFileSync(file);
    execFileSync(process.execPath, [join(root, name, "background.mjs")]);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(before.length).toBeLessThan(12_000);
  });
});
