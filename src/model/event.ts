import { z } from "zod";

/** Rules: unknown keys are errors everywhere; ids are for ever part of certificates, so their alphabet is small. */

const id = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
    "expected lower-case letters, digits and hyphens, as in jatim-2024-41",
  );
const key = z.string().regex(/^[\p{L}\p{N}_-]{1,64}$/u, "expected letters, digits, hyphens or underscores");
const text = z.string().trim().min(1, "expected some text").max(500);
const texts = z.union([text, z.array(text).min(1)]);
const path = z.string().min(1, "expected a path");
const paths = z.union([path, z.array(path).min(1)]);
const dateTime = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}[ T]\d{2}[:.]\d{2}(?:[:.]\d{2})?$/,
    "expected a date and time as in 2024-10-24 08:30",
  );
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "expected a date as in 2024-10-25");
const percent = z.number().min(0).max(100);
export const timezone = z.string().refine(isTimeZone, "expected a time zone as in Asia/Jakarta");

const dateOrder = z.enum(["dmy", "mdy", "ymd"]);
const personColumns = { email: text.optional(), name: text.optional(), nip: text.optional() };
const scoreColumns = z.strictObject({ ...personColumns, score: text.optional(), max: text.optional() });
const listColumns = z.strictObject({ ...personColumns, institution: text.optional(), role: text.optional() });

const attendanceInput = z.strictObject({
  files: paths,
  session: key.optional(),
  timezone: timezone.optional(),
  date_order: dateOrder.optional(),
  sheet: texts.optional(),
  format: text.optional(),
});
const quizInput = z.strictObject({
  files: paths,
  max: z.number().positive().optional(),
  attempts: z.enum(["best", "first", "latest", "average"]).default("best"),
  timezone: timezone.optional(),
  date_order: dateOrder.optional(),
  sheet: texts.optional(),
  format: text.optional(),
  columns: scoreColumns.optional(),
  answers: path.optional(),
});
const formInput = z.strictObject({
  files: paths,
  timezone: timezone.optional(),
  date_order: dateOrder.optional(),
  sheet: texts.optional(),
  columns: listColumns.optional(),
});

/** A path alone is short for an input with that path. */
const inputOr = <T extends z.ZodType>(input: T) =>
  z.union([paths.transform((files) => input.parse({ files })), input]);
const attendanceInputs = z.union([
  inputOr(attendanceInput).transform((one) => [one]),
  z.array(inputOr(attendanceInput)).min(1),
]);

const attendanceRule = z.strictObject({
  min_percent: percent.optional(),
  min_minutes: z.number().nonnegative().optional(),
  sessions: z
    .strictObject({
      min: z.number().int().positive(),
      of: z.array(key).min(1),
      min_percent: percent.optional(),
      min_minutes: z.number().nonnegative().optional(),
    })
    .optional(),
});
const quizRule = z.strictObject({
  min_percent: percent.optional(),
  min_points: z.number().nonnegative().optional(),
});
const presenceRule = z.union([
  z.strictObject({ forms: z.array(key).min(1) }),
  z.strictObject({ min: z.number().int().positive(), of: z.array(key).min(1) }),
]);

/** A set of conditions: all that are given must hold. */
export interface Conditions {
  attendance?: z.output<typeof attendanceRule> | undefined;
  quizzes?: Record<string, z.output<typeof quizRule>> | undefined;
  presence?: z.output<typeof presenceRule> | undefined;
  role?: string[] | undefined;
  any?: Conditions[] | undefined;
}

const conditions: z.ZodType<Conditions> = z.lazy(() =>
  z.strictObject({
    attendance: attendanceRule.optional(),
    quizzes: z.record(key, quizRule).optional(),
    presence: presenceRule.optional(),
    role: z.union([text.transform((one) => [one]), z.array(text).min(1)]).optional(),
    any: z.array(conditions).min(1).optional(),
  }),
);

const award = z.strictObject({
  id,
  label: text.optional(),
  template: path.default("classic"),
  when: conditions,
});

/** `event.yaml` as its schema admits it. Paths are as written: relative to the file. */
export const eventSchema = z.strictObject({
  event: z.strictObject({
    id,
    title: text,
    series: text.optional(),
    language: z.enum(["id", "en"]).default("id"),
    timezone,
    sessions: z.array(z.strictObject({ id: key, start: dateTime, end: dateTime })).min(1),
  }),
  issuer: z.strictObject({ name: text, url: z.url().optional(), key: path.default("keys/issuer.pem") }),
  inputs: z.strictObject({
    attendance: attendanceInputs,
    quizzes: z.record(key, inputOr(quizInput)).optional(),
    presence: z.record(key, inputOr(formInput)).optional(),
    roster: inputOr(formInput).optional(),
    registration: inputOr(formInput).optional(),
    decisions: path.optional(),
  }),
  awards: z.array(award).min(1),
  awards_all: z.boolean().default(false),
  certificate: z.strictObject({
    number: text,
    counter: z.enum(["event", "year", "register"]).optional(),
    date: date.optional(),
    filename: text.default("{number}-{name}.pdf"),
    fields: z.record(z.string(), z.unknown()).default({}),
  }),
  verify: z.strictObject({
    url: z.url({ protocol: /^https?$/, error: "expected an address as in https://example.go.id/v" }),
  }),
  output: path.default("certificates"),
  register: path.default("lulus.db"),
  credential: z.enum(["none", "openbadges"]).optional(),
  mail: z.record(z.string(), z.unknown()).optional(),
  signing: z.record(z.string(), z.unknown()).optional(),
});

export type EventFile = z.output<typeof eventSchema>;
export type Award = EventFile["awards"][number];
export type Language = EventFile["event"]["language"];

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
