import type { Truth } from "./truth.js";

/** What of `check --json` is compared with the truth. */
export interface Reported {
  readonly people: readonly ReportedPerson[];
}

interface ReportedPerson {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly emails: readonly string[];
  readonly sessions: Readonly<Record<string, { readonly seconds: number }>>;
  readonly quizzes: Readonly<
    Record<string, { readonly points: number; readonly max: number; readonly attempts: number }>
  >;
  readonly presence: Readonly<Record<string, boolean>>;
  readonly decision: string;
  readonly award: string | null;
  readonly reasons: readonly { readonly code: string }[];
}

/** Every difference between a report and the truth, one line each; nobody may be missing and nobody made up. */
export function differences(truth: readonly Truth[], report: Reported, quiz: string | null): string[] {
  const found = new Set<ReportedPerson>();
  const lines = truth.flatMap((expected) => {
    const who = "email" in expected.identity ? expected.identity.email : expected.identity.name;
    const [person, ...others] = report.people.filter((one) => isMeant(one, expected));
    if (person === undefined || others.length > 0)
      return [`${who} (${expected.situation}): found ${others.length + (person ? 1 : 0)} times`];
    found.add(person);
    return personDifferences(person, expected, quiz).map((line) => `${who} (${expected.situation}): ${line}`);
  });
  const extra = report.people.filter((person) => !found.has(person));
  return [...lines, ...extra.map((person) => `${person.id}: nobody in the world`)];
}

function isMeant(person: ReportedPerson, { identity }: Truth): boolean {
  if ("email" in identity) return person.emails.includes(identity.email);
  return person.emails.length === 0 && [person.name, ...person.aliases].includes(identity.name);
}

function personDifferences(person: ReportedPerson, expected: Truth, quiz: string | null): string[] {
  const lines: string[] = [];
  const codes = person.reasons.map((reason) => reason.code);
  const fits = expected.readings.some(
    (reading) =>
      reading.decision === person.decision &&
      reading.award === person.award &&
      reading.reasons.every((code) => codes.includes(code)) &&
      codes.every((code) => reading.reasons.includes(code) || reading.others.includes(code)),
  );
  if (!fits) lines.push(`${person.decision} [${codes}], expected ${JSON.stringify(expected.readings)}`);
  for (const [session, seconds] of Object.entries(expected.seconds)) {
    const got = person.sessions[session]?.seconds ?? 0;
    if (got !== seconds) lines.push(`${got} s in ${session}, expected ${seconds}`);
  }
  const got = quiz === null ? undefined : person.quizzes[quiz];
  const score = got === undefined ? null : { points: got.points, max: got.max, attempts: got.attempts };
  if (JSON.stringify(score) !== JSON.stringify(expected.quiz))
    lines.push(`quiz ${JSON.stringify(score)}, expected ${JSON.stringify(expected.quiz)}`);
  for (const [form, signed] of Object.entries(expected.presence)) {
    if ((person.presence[form] ?? false) !== signed) lines.push(`form ${form}, expected ${signed}`);
  }
  return lines;
}
