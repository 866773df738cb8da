import { Fault, type Place } from "../model/fault.js";

/** What a number pattern may speak of. `month` is 1–12. */
export interface NumberFacts {
  readonly seq: number;
  readonly event: string;
  readonly award: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

type Part = (facts: NumberFacts) => string;

const padded = (value: number, width: string | undefined) => String(value).padStart(Number(width ?? 0), "0");
const romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/** One row per token; what stands behind the colon is its form. */
const tokens: Readonly<
  Record<string, { readonly forms: RegExp; readonly part: (form: string | undefined) => Part }>
> = {
  seq: { forms: /^[1-9]$/, part: (width) => (facts) => padded(facts.seq, width) },
  "event.id": { forms: /^$/, part: () => (facts) => facts.event },
  award: { forms: /^$/, part: () => (facts) => facts.award },
  year: { forms: /^2$/, part: (form) => (facts) => String(facts.year).slice(form === "2" ? -2 : 0) },
  month: {
    forms: /^(2|roman)$/,
    part: (form) => (facts) =>
      form === "roman" ? (romans[facts.month - 1] ?? "") : padded(facts.month, form),
  },
  day: { forms: /^2$/, part: (form) => (facts) => padded(facts.day, form) },
};

/**
 * Parses a pattern such as `{seq:4}/{event.id}/{month:roman}/{year}`.
 *
 * @returns the pattern's own formatter
 * @throws Fault for an unknown token or form, and for a pattern without `{seq}`: all its numbers would be one
 */
export function parseNumberPattern(pattern: string, place: Place): (facts: NumberFacts) => string {
  const parts: Part[] = [];
  let counted = false;
  for (const piece of pattern.split(/(\{[^{}]*\})/)) {
    const token = /^\{([^{}:]*)(?::([^{}]*))?\}$/.exec(piece);
    if (token === null) {
      if (/[{}]/.test(piece)) throw unknown(piece, pattern, place);
      parts.push(() => piece);
      continue;
    }
    const [, name = "", form] = token;
    const known = tokens[name];
    if (known === undefined || (form !== undefined && !known.forms.test(form)))
      throw unknown(piece, pattern, place);
    counted ||= name === "seq";
    parts.push(known.part(form));
  }
  if (!counted) {
    throw new Fault("number-pattern", `"${pattern}" gives everybody the same number`, {
      place,
      hints: ["add {seq} or {seq:4}, the running number"],
    });
  }
  return (facts) =>
    parts
      .map((part) => part(facts))
      .join("")
      .normalize("NFC");
}

function unknown(piece: string, pattern: string, place: Place): Fault {
  return new Fault("number-pattern", `"${piece}" in "${pattern}" is no part of a number`, {
    place,
    hints: [
      `known: {seq}, {seq:4}, {event.id}, {award}, {year}, {year:2}, {month}, {month:2}, {month:roman}, {day}, {day:2}`,
    ],
  });
}
