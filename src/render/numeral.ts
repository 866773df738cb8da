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

const point = { id: "koma", en: "point" };

/** From 0 to 999 999, with at most two decimals, read digit by digit: 7,5 (tujuh koma lima); `null` for anything else. */
export function formatNumeral(value: number, language: Language): string | null {
  if (!(value >= 0) || value > 999_999) return null;
  const [, digits] = String(value).split(".");
  const whole = language === "id" ? indonesian(Math.floor(value)) : english(Math.floor(value));
  if (digits === undefined) return whole;
  if (!/^\d{1,2}$/.test(digits)) return null;
  return `${whole} ${point[language]} ${[...digits].map((digit) => small[language][Number(digit)]).join(" ")}`;
}

/** A number with the signs of the language: 1.234,5 or 1,234.5. `null` if it is none. */
export function formatDecimal(text: string, decimals: string | undefined, language: Language): string | null {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || Math.abs(value) >= 1e15) return null;
  const plain = decimals === undefined ? String(Math.abs(value)) : Math.abs(value).toFixed(Number(decimals));
  const [whole = "", part] = plain.split(".");
  const [group, mark] = language === "id" ? [".", ","] : [",", "."];
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, group);
  return `${value < 0 ? "−" : ""}${grouped}${part === undefined ? "" : mark + part}`;
}

const romans: readonly (readonly [number, string])[] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

/** From 1 to 3999; `null` for anything else. */
export function formatRoman(value: number): string | null {
  if (!Number.isInteger(value) || value < 1 || value > 3999) return null;
  let rest = value;
  return romans.reduce((text, [worth, letters]) => {
    const times = Math.floor(rest / worth);
    rest -= times * worth;
    return text + letters.repeat(times);
  }, "");
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
