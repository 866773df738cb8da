import type { Person } from "./person.js";

/** The facts of a person that a template may print besides the name, by the name of its placeholder; none is empty. */
export function factsOf(person: Person, fields: readonly string[]): Record<string, string> {
  const known: Readonly<Record<string, string | null>> = {
    institution: person.institution,
    nip: person.nip,
    role: person.role,
  };
  return Object.fromEntries(
    fields.flatMap((field) => {
      const fact = known[field]?.normalize("NFC").replace(/\s+/gu, " ").trim();
      return fact ? [[field, fact]] : [];
    }),
  );
}
