import type { Facts } from "./placeholder.js";
import type { When } from "./schema.js";

/** Whether an element's condition holds; without one it does. */
export function holds(when: When | undefined, facts: Facts): boolean {
  if (when === undefined) return true;
  if ("has" in when) return facts(when.has) !== null;
  if ("not" in when) return !holds(when.not, facts);
  if ("all" in when) return when.all.every((one) => holds(one, facts));
  const fact = facts(when.field);
  return fact !== null && when.is.includes(fact);
}

/** The placeholders that a condition asks for. */
export function namesOf(when: When | undefined): string[] {
  if (when === undefined) return [];
  if ("has" in when) return [when.has];
  if ("not" in when) return namesOf(when.not);
  if ("all" in when) return when.all.flatMap(namesOf);
  return [when.field];
}
