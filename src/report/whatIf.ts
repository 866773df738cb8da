import type { Language } from "../model/event.js";
import { type Check, summarise } from "./check.js";
import { wordsOf } from "./words.js";

const words: Readonly<Record<Language, Readonly<Record<"whatIf" | "instead" | "gone" | "nothing", string>>>> =
  {
    en: {
      whatIf: "What if: nothing of this is issued",
      instead: "instead of",
      gone: "taken away",
      nothing: "nothing",
    },
    id: {
      whatIf: "Andai: ini bukan yang diterbitkan",
      instead: "alih-alih",
      gone: "dihapus",
      nothing: "tidak ada",
    },
  };

/** Says that this is a what-if, of what, and what difference it makes; nothing for an event as it is written. */
export function whatIfLines(check: Check): string[] {
  if (check.whatIf === undefined) return [];
  const say = words[check.language];
  const shown = (value: unknown, none: string) =>
    value === undefined || value === null ? none : JSON.stringify(value);
  const changes = check.whatIf.changes.map(
    ({ key, value, before }) =>
      `  ${key} = ${shown(value, say.gone)} (${say.instead} ${shown(before, say.nothing)})`,
  );
  const { written } = check.whatIf;
  const now = summarise(check);
  const difference = (["eligible", "ineligible", "review"] as const).map((outcome) => {
    const more = now[outcome] - (written?.[outcome] ?? 0);
    return `${wordsOf(check.language)[outcome]} ${written?.[outcome]} → ${now[outcome]} (${more > 0 ? "+" : ""}${more})`;
  });
  return [say.whatIf, ...changes, ...(written === null ? [] : [`  ${difference.join(", ")}`])];
}
