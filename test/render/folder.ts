import { readdirSync, readFileSync } from "node:fs";
import type { Certificate, EventRecord } from "../../src/model/certificate.js";
import type { TemplateFiles } from "../../src/render/schema.js";

/** The files of a built-in template, or of one beside it. */
export function builtIn(name: string): Map<string, Uint8Array> {
  const root = new URL(`../../templates/${name}/`, import.meta.url);
  return new Map(
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => path.includes("."))
      .map((path) => [path, new Uint8Array(readFileSync(new URL(path, root)))]),
  );
}

/** The same folder with its template written otherwise. */
export function withTemplate(
  files: TemplateFiles,
  change: (text: string) => string,
): Map<string, Uint8Array> {
  const text = new TextDecoder().decode(files.get("template.yaml"));
  return new Map(files).set("template.yaml", new TextEncoder().encode(change(text)));
}

export const record: EventRecord = {
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

export function certificate(name: string, more: Partial<Certificate> = {}): Certificate {
  return {
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
  };
}

/** Fonts for scripts that no built-in template brings along, by the name they have in {@link plain}. */
const scriptFonts = {
  arabic: "amiri/400Regular/Amiri_400Regular.ttf",
  hebrew: "noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf",
  javanese: "noto-sans-javanese/400Regular/NotoSansJavanese_400Regular.ttf",
  balinese: "noto-sans-balinese/400Regular/NotoSansBalinese_400Regular.ttf",
  devanagari: "noto-serif-devanagari/400Regular/NotoSerifDevanagari_400Regular.ttf",
  thai: "noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf",
  han: "sawarabi-gothic/400Regular/SawarabiGothic_400Regular.ttf",
};
const usual = {
  body: "CrimsonPro_400Regular.ttf",
  name: "CormorantGaramond_700Bold.ttf",
  serif: "NotoSerif_400Regular.ttf",
};
const classicFonts = new URL("../../templates/classic/fonts/", import.meta.url);

export interface Plain {
  /** YAML of further elements of the first page, indented by six spaces */
  readonly elements?: string;
  readonly fields?: string;
  /** YAML of further pages */
  readonly pages?: string;
  /** keys of the first page */
  readonly page?: string;
  readonly name?: string;
  readonly scripts?: boolean;
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
}

/** A template with nothing but name, number and QR code, to put something in. */
export function plain({
  elements = "",
  fields = "",
  pages = "",
  page = "",
  name = "",
  scripts = false,
  files = {},
}: Plain) {
  const others = scripts ? Object.keys(scriptFonts) : [];
  const fallback = `fallback: [serif${others.map((other) => `, ${other}`).join("")}]`;
  const yaml = `schema: lulus.template/1
id: plain
fields:
  recipient.name: { required: true, maxLength: 200 }
  certificate.number: { required: true }
  certificate.url: { required: true }
  event.title:
${fields}
fonts:
  body: { file: fonts/body.ttf, ${fallback} }
  name: { file: fonts/name.ttf, ${fallback} }
  serif: { file: fonts/serif.ttf }
${others.map((other) => `  ${other}: { file: fonts/${other}.ttf }`).join("\n")}
colors: { ink: "#20242C" }
metadata: { title: "{{certificate.number}}", author: Panitia, subject: "{{event.title}}" }
pages:
  - size: A4-landscape
${page}
    elements:
      - { id: name, type: text, tag: H1, box: [20, 60, 257, 30], font: name, size: 30, value: "{{recipient.name}}", ${name === "" ? "fit: { min: 6, lines: 8 }" : name} }
      - { id: number, type: text, box: [20, 20, 180, 6], font: body, size: 9, value: "{{certificate.number}}" }
      - { id: title, type: text, box: [20, 30, 257, 8], font: body, size: 11, value: "Sertifikat peserta {{event.title}}" }
      - { id: qr, type: qr, box: [230, 150, 32, 32], value: "{{certificate.url}}", alt: Kode QR }
${elements}
${pages}
`;
  const font = (url: URL) => new Uint8Array(readFileSync(url));
  const found = new Map<string, Uint8Array>([["template.yaml", new TextEncoder().encode(yaml)]]);
  for (const [key, file] of Object.entries(usual))
    found.set(`fonts/${key}.ttf`, font(new URL(file, classicFonts)));
  if (scripts)
    for (const [key, file] of Object.entries(scriptFonts))
      found.set(`fonts/${key}.ttf`, font(new URL(import.meta.resolve(`@expo-google-fonts/${file}`))));
  for (const [path, content] of Object.entries(files)) {
    found.set(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }
  return found;
}
