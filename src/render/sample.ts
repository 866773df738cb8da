import type { Certificate, EventRecord } from "../model/certificate.js";
import type { FieldSpec } from "./schema.js";
import type { Template } from "./template.js";
import type { Printed, Trial } from "./typesetter.js";

/** Made-up values to try a template with: what it declares, filled in with something that fits. */

const ownFields = "certificate.fields.";
/** As long as the token of a certificate with a long name and an institution. */
const TOKEN_DIGITS = 480;

const longest =
  "Dr. Ir. Hj. Raden Ayu Kusumaningtyas Djojoadhiningrat Prawiranegara, S.H., S.E., M.Si., M.M.";
const institution =
  "Dinas Pemberdayaan Masyarakat dan Desa, Kependudukan dan Pencatatan Sipil Provinsi Nusa Raya";

export function trialFor(template: Template): Trial {
  const fields: Record<string, unknown> = {};
  for (const [name, spec] of template.fields) {
    if (name.startsWith(ownFields))
      put(fields, name.slice(ownFields.length).split("."), valueFor(name, spec));
  }
  return { record: recordWith(template, fields), certificate: sampleCertificate };
}

/** The longest name that should be borne, the shortest, one as most are, and one with all that may be printed besides. */
export function usualPeople(template: Template): Printed[] {
  const bare = { personal: {}, sensitive: {} };
  const required = {
    ...bare,
    personal: filled(template, template.personal, true),
    sensitive: filled(template, template.sensitive, true),
  };
  const full = {
    personal: filled(template, template.personal, false),
    sensitive: filled(template, template.sensitive, false),
  };
  return [
    { name: longest, ...full },
    { name: "Suharto", ...required },
    { name: "Dr. H. Ma’ruf Effendi, S.E., M.Si.", ...full },
    { name: "MUHAMMAD ILYASA WICAKSONO", ...required },
  ];
}

function filled(template: Template, names: readonly string[], onlyRequired: boolean): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const spec = template.fields.get(`recipient.${name}`);
      if (onlyRequired && spec?.required !== true) return [];
      return [[name, usual[name] ?? String(valueFor(name, spec ?? null))]];
    }),
  );
}

const usual: Readonly<Record<string, string>> = {
  institution,
  nip: "198503122010011005",
  role: "participant",
};

function recordWith({ language }: Template, fields: Readonly<Record<string, unknown>>): EventRecord {
  return {
    v: 1,
    issuer: "did:web:sertifikat.example.go.id:v",
    name: "Badan Pengembangan Sumber Daya Manusia Provinsi Nusa Raya",
    event: "contoh-2024-41",
    title: "Menulis Notula yang Dibaca Orang: Dari Rapat Panjang ke Keputusan yang Jelas",
    series: "Webinar Aparatur Belajar Seri 41",
    language,
    start: "2024-10-24",
    end: "2024-10-25",
    awards: [{ id: "participant", label: language === "id" ? "Peserta" : "Participant" }],
    fields,
    verify: "https://sertifikat.example.go.id/v",
  };
}

const sampleCertificate: Certificate = {
  event: "contoh-2024-41",
  person: "",
  award: "participant",
  revision: 0,
  number: "8888/contoh-2024-41/VIII/2024",
  name: "",
  email: null,
  personal: {},
  sensitive: {},
  date: "2024-10-25",
  cti: "8".repeat(20),
  statusIndex: 0,
  token: "8".repeat(TOKEN_DIGITS),
  file: "",
};

/** Where a pattern or a picture is wanted, nothing that is made up would do. */
function valueFor(name: string, spec: FieldSpec | null): unknown {
  if (spec?.default !== undefined) return spec.default;
  if (spec?.enum !== undefined) return spec.enum[0];
  switch (spec?.type) {
    case "number":
      return 3;
    case "date":
      return "2024-10-25";
    case "boolean":
      return true;
    case "image":
      return undefined;
    case "list":
      return [1, 2, 3].map((index) =>
        Object.fromEntries(
          Object.entries(spec.item ?? { value: null }).map(([key, item]) => [
            key,
            item === null ? `${key} ${index}` : valueFor(key, { ...item, sensitive: false, unique: false }),
          ]),
        ),
      );
    default:
      if (spec?.pattern !== undefined)
        return new RegExp(spec.pattern, "u").test(usual.nip ?? "") ? usual.nip : undefined;
      return (samples[name.split(".").at(-1) ?? ""] ?? "Contoh").slice(0, spec?.maxLength);
  }
}

const samples: Readonly<Record<string, string>> = {
  hours: "3 JP",
  place: "Kota Baru",
  name: "Dra. Sekar Ayu Lestari, M.Si.",
  title: "Kepala Badan Pengembangan Sumber Daya Manusia",
  rank: "Pembina Utama Madya",
  nip: "196708121990031013",
};

function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first = "", ...rest] = path;
  if (value === undefined) return;
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = into[first];
  const next = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : {};
  into[first] = next;
  put(next, rest, value);
}
