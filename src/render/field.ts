import type { Certificate, EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import type { Locate } from "../model/yaml.js";
import { formatDate, usualPattern } from "./calendar.js";
import { type Facts, factsOf, printable, scopeOf } from "./placeholder.js";
import type { CheckSpec, FieldSpec } from "./schema.js";

/** What a template declares about the values it prints. */
export type Fields = ReadonlyMap<string, FieldSpec>;

type Fact = string | number | boolean | null;

/** What a field's value is not, with a code of its own, as words behind the field's name. */
export interface FieldFlaw {
  readonly code: "value-missing" | "value-unfit";
  readonly what: string;
}

/** The facts of a certificate, with the template's defaults where there is none. */
export function declaredFacts(fields: Fields, record: EventRecord, certificate: Certificate): Facts {
  return withDefaults(fields, factsOf(record, certificate));
}

function withDefaults(fields: Fields, facts: Facts): Facts {
  const fact = (name: string): Fact => facts(name) ?? fields.get(name)?.default ?? null;
  fact.rows = facts.rows;
  return fact;
}

/** The fields whose names are such: most are asked for once, and only a few of everybody. */
export function fieldsThat(isSuch: (name: string) => boolean, fields: Fields): Fields {
  return new Map([...fields].filter(([name]) => isSuch(name)));
}

/** What is wrong with the values of these fields. */
export function flawsOfFields(
  fields: Fields,
  facts: Facts,
): { readonly name: string; readonly flaw: FieldFlaw }[] {
  const flaws = [];
  for (const [name, spec] of fields) {
    const flaw = spec.type === "list" ? flawOfList(spec, facts.rows(name)) : flawOfValue(spec, facts(name));
    if (flaw !== null) flaws.push({ name, flaw });
  }
  return flaws;
}

export function isOfPerson(name: string): boolean {
  return name.startsWith("recipient.");
}

/** As a fault of the event's values, to be mended in the event file. */
export function fieldFault(name: string, { code, what }: FieldFlaw, locate: Locate): Fault {
  const where = scopeOf(name) === "event" ? "give it a value in the event file" : "correct it in the input";
  return new Fault(code, `{{${name}}} ${what}`, {
    place: locate(["fields", name]),
    hints: [`${where}, or choose another template`],
  });
}

function flawOfList(
  spec: FieldSpec,
  rows: readonly Readonly<Record<string, unknown>>[] | null,
): FieldFlaw | null {
  if (rows === null || rows.length === 0)
    return spec.required ? { code: "value-missing", what: "is needed and has no rows" } : null;
  for (const [index, row] of rows.entries()) {
    for (const [name, check] of Object.entries(spec.item ?? {})) {
      const flaw = flawOfValue(check ?? { required: false }, printable(row[name]));
      if (flaw !== null) return { ...flaw, what: `row ${index + 1}: "${name}" ${flaw.what}` };
    }
  }
  return null;
}

function flawOfValue(spec: CheckSpec, value: Fact): FieldFlaw | null {
  if (value === null) {
    return spec.required ? { code: "value-missing", what: "is needed and has no value" } : null;
  }
  const what = complaint(spec, value);
  return what === null ? null : { code: "value-unfit", what: `is "${value}"; ${what}` };
}

function complaint(
  { type, pattern, maxLength, enum: words }: CheckSpec,
  value: string | number | boolean,
): string | null {
  const text = String(value);
  if (type === "number" && !isNumber(text)) return "expected a number";
  if (type === "date" && formatDate(text, usualPattern, "en") === null)
    return "expected a date as in 2024-10-25";
  if (type === "boolean" && !/^(?:true|false)$/.test(text)) return "expected true or false";
  if (words !== undefined && !words.some((word) => String(word) === text))
    return `expected one of ${words.join(", ")}`;
  const letters = maxLength === undefined ? 0 : [...text].length;
  if (maxLength !== undefined && letters > maxLength)
    return `${letters} letters are more than the ${maxLength} it may have`;
  if (pattern !== undefined && !new RegExp(pattern, "u").test(text))
    return `expected what the pattern ${pattern} describes`;
  return null;
}

function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}
