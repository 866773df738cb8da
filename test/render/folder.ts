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
