import { formatDate, isDatePattern, type Language, usualPattern } from "./calendar.js";
import { formatDecimal, formatNumeral, formatRoman } from "./numeral.js";

/** What a template may do to a value before it is printed: one row each. */
export interface Filter {
  /** for messages, as in `a date pattern as in 'd MMMM y'`; `null` where the filter takes no argument */
  readonly argument: string | null;
  readonly takes: (argument: string) => boolean;
  /** `null` if the value is not of the kind */
  readonly apply: (value: string, argument: string | undefined, language: Language) => string | null;
  /** the kind of value, for messages */
  readonly wants: string;
}

const NBSP = "\u00a0";
const plain = { argument: null, takes: () => false };

export const filters: Readonly<Record<string, Filter>> = {
  date: {
    argument: "a pattern of EEEE, d, dd, MMMM, MMM, MM and y",
    takes: isDatePattern,
    apply: (value, pattern = usualPattern, language) => formatDate(value, pattern, language),
    wants: "a date as in 2024-10-25",
  },
  words: {
    argument: "a language, 'id' or 'en'",
    takes: (argument) => argument === "id" || argument === "en",
    apply: (value, argument, language) =>
      value.trim() === ""
        ? null
        : formatNumeral(Number(value), argument === "id" || argument === "en" ? argument : language),
    wants: "a number of at most 999 999 with at most two decimals",
  },
  number: {
    argument: "how many decimals, '0' to '6'",
    takes: (argument) => /^[0-6]$/.test(argument),
    apply: (value, argument, language) => formatDecimal(value, argument, language),
    wants: "a number",
  },
  roman: { ...plain, apply: (value) => formatRoman(Number(value)), wants: "a whole number from 1 to 3999" },
  nip: { ...plain, apply: formatNip, wants: "text" },
  upper: { ...plain, apply: (value) => value.toUpperCase(), wants: "text" },
  lower: { ...plain, apply: (value) => value.toLowerCase(), wants: "text" },
  /** what stands there if there is no value: looked at before any filter */
  default: {
    argument: "the words to print instead",
    takes: () => true,
    apply: (value) => value,
    wants: "text",
  },
  nobreak: { ...plain, apply: (value) => value.replaceAll(" ", NBSP), wants: "text" },
};

/** The 18 digits of a civil servant's number in the usual groups: birth, appointment, sex, serial. */
function formatNip(value: string): string {
  const groups = /^(\d{8})(\d{6})(\d)(\d{3})$/.exec(value.replace(/\s/g, ""));
  return groups === null ? value : groups.slice(1).join(NBSP);
}
