import type { Facts } from "./placeholder.js";
import type { When } from "./schema.js";

/** Whether an element's condition holds; without one it does. */
export function holds(when: When | undefined, facts: Facts): boolean {
  if (when === undefined) return true;
  if ("has" in when) return facts(when.has) !== null || (facts.rows(when.has)?.length ?? 0) > 0;
  if ("role" in when) return isAmong(facts("recipient.role"), when.role);
  if ("award" in when) return isAmong(facts("award.id"), when.award);
  if ("not" in when) return !holds(when.not, facts);
  if ("all" in when) return when.all.every((one) => holds(one, facts));
  if ("any" in when) return when.any.some((one) => holds(one, facts));
  const fact = facts(when.field);
  return fact !== null && when.is.includes(fact);
}

function isAmong(fact: string | number | boolean | null, words: readonly string[]): boolean {
  return fact !== null && words.some((word) => word.toLowerCase() === String(fact).toLowerCase());
}

/** The placeholders that a condition asks for. */
export function namesOf(when: When | undefined): string[] {
  if (when === undefined) return [];
  if ("has" in when) return [when.has];
  if ("not" in when) return namesOf(when.not);
  if ("all" in when) return when.all.flatMap(namesOf);
  if ("any" in when) return when.any.flatMap(namesOf);
  if ("role" in when) return ["recipient.role"];
  if ("award" in when) return ["award.id"];
  return [when.field];
}
