import { formatCode } from "../credential/code.js";
import { parseHex } from "../credential/hex.js";
import { formatLink } from "../credential/link.js";
import type { Certificate, EventRecord } from "../model/certificate.js";

type Fact = string | number | boolean | null;

/** What templates may ask for. A placeholder without a value is `null`. */
export interface Facts {
  (name: string): Fact;
  /** the rows of a list; `null` where there is none */
  rows(name: string): readonly ListRow[] | null;
}

/** A row of a list in the event file; what is no mapping is known as `value`. */
export type ListRow = Readonly<Record<string, unknown>>;

/** Of whom a fact is: all certificates of an event share `event`, those of one award and run `batch`. */
export type Scope = "event" | "batch" | "person";

type Placeholder =
  | { readonly scope: "event"; readonly read: (record: EventRecord) => unknown }
  | {
      readonly scope: "batch" | "person";
      readonly read: (record: EventRecord, certificate: Certificate) => unknown;
    };

const recipient = (name: string): Placeholder => ({
  scope: "person",
  read: (_, certificate) => certificate.personal[name] ?? certificate.sensitive[name],
});

export const placeholders: Readonly<Record<string, Placeholder>> = {
  "recipient.name": { scope: "person", read: (_, certificate) => certificate.name },
  "recipient.institution": recipient("institution"),
  "recipient.nip": recipient("nip"),
  "recipient.role": recipient("role"),
  "certificate.number": { scope: "person", read: (_, certificate) => certificate.number },
  "certificate.code": { scope: "person", read: (_, { cti }) => formatCode(parseHex(cti)) },
  "certificate.url": { scope: "person", read: (record, { token }) => formatLink(record.verify, token) },
  "certificate.date": { scope: "batch", read: (_, certificate) => certificate.date },
  "award.id": { scope: "batch", read: (_, certificate) => certificate.award },
  "award.label": {
    scope: "batch",
    read: (record, { award }) => record.awards.find(({ id }) => id === award)?.label,
  },
  "event.title": { scope: "event", read: (record) => record.title },
  "event.series": { scope: "event", read: (record) => record.series },
  "event.start": { scope: "event", read: (record) => record.start },
  "event.end": { scope: "event", read: (record) => record.end },
  "event.days": { scope: "event", read: (record) => `${record.start}/${record.end}` },
  "issuer.name": { scope: "event", read: (record) => record.name },
  "verify.host": { scope: "event", read: (record) => new URL(record.verify).host },
};

/** The organiser's own facts: any path below `certificate.fields` of the event file. */
const ownFields = "certificate.fields.";

export function isPlaceholder(name: string): boolean {
  return name in placeholders || name.startsWith(ownFields);
}

export function scopeOf(name: string): Scope {
  return placeholders[name]?.scope ?? "event";
}

/** The recipient's field that a placeholder prints beside the name, or `null`. */
export function recipientField(name: string): string | null {
  return /^recipient\.(?!name$)(.+)$/.exec(name)?.[1] ?? null;
}

/** @param certificate `null` where only facts of the event are asked for */
export function factsOf(record: EventRecord, certificate: Certificate | null): Facts {
  const { values, lists } = knownOf(record);
  const fact = (name: string): Fact => {
    const shared = values.get(name);
    if (shared !== undefined) return shared;
    const placeholder = placeholders[name];
    if (placeholder === undefined || placeholder.scope === "event") {
      const found = printable(ownOrEventFact(record, name, placeholder));
      values.set(name, found);
      return found;
    }
    if (certificate === null) throw new TypeError(`{{${name}}} is no fact of the event`);
    return printable(placeholder.read(record, certificate));
  };
  fact.rows = (name: string) => {
    const shared = lists.get(name);
    if (shared !== undefined) return shared;
    const list = name.startsWith(ownFields) ? ownField(record.fields, name) : null;
    const rows = Array.isArray(list) ? list.map(asRow) : null;
    lists.set(name, rows);
    return rows;
  };
  return fact;
}

/** Facts of the event are the same for everybody, and a batch asks for them a hundred thousand times. */
interface Known {
  readonly values: Map<string, Fact>;
  readonly lists: Map<string, readonly ListRow[] | null>;
}

const knownByRecord = new WeakMap<EventRecord, Known>();

function knownOf(record: EventRecord): Known {
  let known = knownByRecord.get(record);
  if (known === undefined) {
    known = { values: new Map(), lists: new Map() };
    knownByRecord.set(record, known);
  }
  return known;
}

function ownOrEventFact(
  record: EventRecord,
  name: string,
  placeholder: Extract<Placeholder, { scope: "event" }> | undefined,
): unknown {
  if (placeholder !== undefined) return placeholder.read(record);
  return name.startsWith(ownFields) ? ownField(record.fields, name) : null;
}

function asRow(row: unknown): ListRow {
  return typeof row === "object" && row !== null && !Array.isArray(row) ? (row as ListRow) : { value: row };
}

function ownField(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  let value: unknown = fields;
  for (const step of name.slice(ownFields.length).split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** A value as it is printed: NFC, without blanks at its ends; `null` if nothing is left, or it is no single value. */
export function printable(value: unknown): string | number | boolean | null {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  if (isPlain(value)) return value;
  const text = value.normalize("NFC").replace(/\s+/gu, (space) => (space === "\u00a0" ? space : " "));
  return text.trim() === "" ? null : text.trim();
}

/** Whether it is printed as it stands, as nearly everything is: letters of ASCII, and single blanks between them. */
function isPlain(value: string): boolean {
  let before = BLANK;
  for (let at = 0; at < value.length; at += 1) {
    const letter = value.charCodeAt(at);
    if (letter < BLANK || letter > 0x7e || (letter === BLANK && before === BLANK)) return false;
    before = letter;
  }
  return before !== BLANK;
}

const BLANK = 0x20;
