import { formatDate, isDatePattern, type Language, usualPattern } from "./calendar.js";
import { formatNumeral } from "./numeral.js";

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
    ...plain,
    apply: (value, _, language) => formatNumeral(Number(value), language),
    wants: "a whole number",
  },
  nip: { ...plain, apply: formatNip, wants: "text" },
  upper: { ...plain, apply: (value) => value.toUpperCase(), wants: "text" },
  nobreak: { ...plain, apply: (value) => value.replaceAll(" ", NBSP), wants: "text" },
};

/** The 18 digits of a civil servant's number in the usual groups: birth, appointment, sex, serial. */
function formatNip(value: string): string {
  const groups = /^(\d{8})(\d{6})(\d)(\d{3})$/.exec(value.replace(/\s/g, ""));
  return groups === null ? value : groups.slice(1).join(NBSP);
}
