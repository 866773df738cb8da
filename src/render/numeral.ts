import type { Language } from "./calendar.js";

/** Whole numbers in words, as certificates repeat them: 3 (tiga). */

const small = {
  id: "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split(" "),
  en: (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
    "seventeen eighteen nineteen"
  ).split(" "),
};
const tens = "- - twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

/** From 0 to 999 999; `null` for anything else. */
export function formatNumeral(value: number, language: Language): string | null {
  if (!Number.isInteger(value) || value < 0 || value > 999_999) return null;
  return language === "id" ? indonesian(value) : english(value);
}

function indonesian(value: number): string {
  const word = small.id[value];
  if (word !== undefined) return word;
  if (value < 20) return `${indonesian(value - 10)} belas`;
  if (value < 100) return join(`${indonesian(Math.floor(value / 10))} puluh`, value % 10, indonesian);
  if (value < 200) return join("seratus", value - 100, indonesian);
  if (value < 1000) return join(`${indonesian(Math.floor(value / 100))} ratus`, value % 100, indonesian);
  if (value < 2000) return join("seribu", value - 1000, indonesian);
  return join(`${indonesian(Math.floor(value / 1000))} ribu`, value % 1000, indonesian);
}

function english(value: number): string {
  const word = small.en[value];
  if (word !== undefined) return word;
  const ten = tens[Math.floor(value / 10)];
  if (ten !== undefined) return value % 10 === 0 ? ten : `${ten}-${english(value % 10)}`;
  if (value < 1000) return join(`${english(Math.floor(value / 100))} hundred`, value % 100, english);
  return join(`${english(Math.floor(value / 1000))} thousand`, value % 1000, english);
}

function join(head: string, rest: number, format: (value: number) => string): string {
  return rest === 0 ? head : `${head} ${format(rest)}`;
}
