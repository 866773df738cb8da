import { z } from "zod";
import { mailSchema } from "./mail.js";

/**
 * Rules: unknown keys are errors everywhere; ids are for ever part of certificates, so their alphabet is small.
 * What `describe` says is shown by editors while the file is written.
 */

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
export const timezone = z
  .string()
  .refine(
    isTimeZone,
    "expected a time zone as in Asia/Jakarta (WIB), Asia/Makassar (WITA), Asia/Jayapura (WIT)",
  );

const dateOrder = z.enum(["dmy", "mdy", "ymd"]);
const personColumns = {
  email: text.optional().describe("title of the column with e-mail addresses"),
  name: text.optional().describe("title of the column with names"),
  nip: text.optional().describe("title of the column with NIP or another number of a person"),
};
const scoreColumns = z.strictObject({ ...personColumns, score: text.optional(), max: text.optional() });
const listColumns = z.strictObject({ ...personColumns, institution: text.optional(), role: text.optional() });

const files = paths.describe("a path or glob, or a list of them, relative to this file");
const howToRead = {
  timezone: timezone.optional().describe("of the times in these files, where it is not the event's"),
  date_order: dateOrder.optional().describe("needed only where nothing in a file settles it"),
  sheet: texts.optional().describe("of a workbook, where several could be meant"),
};
const format = text.optional().describe("a name from the list of formats, where a file is not recognised");

const attendanceInput = z.strictObject({
  files,
  session: key.optional().describe("the session that all rows of these files belong to"),
  ...howToRead,
  format,
});
const quizInput = z.strictObject({
  files,
  max: z.number().positive().optional().describe("points that can be reached, only where no file says it"),
  attempts: z
    .enum(["best", "first", "latest", "average"])
    .default("best")
    .describe("which of several attempts counts"),
  ...howToRead,
  format,
  columns: scoreColumns.optional().describe("titles of columns that are not recognised"),
  answers: path.optional().describe("file with the right answers, for a form without scores"),
});
const formInput = z.strictObject({
  files,
  ...howToRead,
  columns: listColumns.optional().describe("titles of columns that are not recognised"),
});

/** A path alone is short for an input with that path. */
const inputOr = <T extends z.ZodType>(input: T) =>
  z.union([paths.transform((files) => input.parse({ files })), input]);
const attendanceInputs = z.union([
  inputOr(attendanceInput).transform((one) => [one]),
  z.array(inputOr(attendanceInput)),
]);

const attendanceRule = z.strictObject({
  min_percent: percent
    .optional()
    .describe("of the scheduled length of all sessions; exactly so much is enough"),
  min_minutes: z.number().nonnegative().optional().describe("of all sessions together"),
  sessions: z
    .strictObject({
      min: z.number().int().positive(),
      of: z.array(key).min(1),
      min_percent: percent.optional(),
      min_minutes: z.number().nonnegative().optional(),
    })
    .optional()
    .describe("so many of these sessions, each attended for so long"),
});
const quizRule = z.strictObject({
  min_percent: percent.optional().describe("of the points that can be reached; exactly so much is enough"),
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
    attendance: attendanceRule.optional().describe("how long somebody was there"),
    quizzes: z.record(key, quizRule).optional().describe("scores, by the quiz's name under `inputs.quizzes`"),
    presence: presenceRule
      .optional()
      .describe("forms that were filled in, by their names under `inputs.presence`"),
    role: z
      .union([text.transform((one) => [one]), z.array(text).min(1)])
      .optional()
      .describe("for these roles; without it for participants, not for hosts and panelists"),
    any: z.array(conditions).min(1).optional().describe("one of these sets of conditions"),
  }),
);

const award = z.strictObject({
  id: id.describe("for ever part of the certificates' identity"),
  label: text.optional().describe("how the certificate calls it, as in: Peserta"),
  template: path.default("classic").describe("classic, modern, piagam, or a folder with template.yaml"),
  when: conditions.describe("all that stands here must hold"),
});

/** `event.yaml` as its schema admits it. Paths are as written: relative to the file. */
export const eventSchema = z.strictObject({
  event: z.strictObject({
    id: id.describe("a-z, 0-9 and hyphens; for ever part of every certificate's identity"),
    title: text,
    series: text.optional().describe("the series that the event belongs to"),
    language: z
      .enum(["id", "en"])
      .default("id")
      .describe("of dates, of the words on the certificate, the report and the page"),
    timezone: timezone.describe("of the sessions and, unless said otherwise, of the exports"),
    sessions: z
      .array(
        z.strictObject({
          id: key,
          start: dateTime.describe("as in 2024-10-24 08:30"),
          end: dateTime.describe("as in 2024-10-24 11:30"),
        }),
      )
      .min(1)
      .describe("as scheduled; attendance is cut to them"),
  }),
  issuer: z.strictObject({
    name: text,
    url: z.url().optional(),
    key: path.default("keys/issuer.pem").describe("file of the signing key; or LULUS_KEY in the environment"),
  }),
  inputs: z.strictObject({
    attendance: attendanceInputs.describe(
      "exports of Zoom: a path or glob, a list, or items with more keys; [] where only scores or forms count",
    ),
    quizzes: z.record(key, inputOr(quizInput)).optional().describe("exports of scores, by a name of yours"),
    presence: z
      .record(key, inputOr(formInput))
      .optional()
      .describe("forms that prove presence, by a name of yours"),
    roster: inputOr(formInput)
      .optional()
      .describe("the organiser's list: names to print, addresses, NIP, roles"),
    registration: inputOr(formInput).optional().describe("the list of those who registered"),
    decisions: path.optional().describe("the organiser's rulings; default: decisions.csv, if it is there"),
  }),
  awards: z.array(award).min(1).describe("the first whose conditions a person meets is the one given"),
  awards_all: z.boolean().default(false).describe("give every award whose conditions are met"),
  certificate: z.strictObject({
    number: text.describe("pattern, as in {seq:4}/{event.id}/{month:roman}/{year}"),
    counter: z.enum(["event", "year", "register"]).optional().describe("within what {seq} counts"),
    date: date.optional().describe("printed and signed; default: the day of the last session"),
    filename: text.default("{number}-{name}.pdf").describe("pattern of the files' names"),
    fields: z.record(z.string(), z.unknown()).default({}).describe("what the template prints besides"),
  }),
  verify: z.strictObject({
    url: z
      .url({ protocol: /^https?$/, error: "expected an address as in https://example.go.id/v" })
      .describe("where the page of `lulus publish` lies; for ever in every QR code"),
  }),
  output: path.default("certificates").describe("folder of the PDF files"),
  register: path.default("lulus.db").describe("what was issued; one may serve many events"),
  credential: z.enum(["none", "openbadges"]).optional(),
  mail: mailSchema.optional().describe("how `lulus send` mails the certificates"),
  signing: z
    .strictObject({
      pkcs12: path.describe(
        "file with key and certificate (.p12, .pfx); its passphrase is never written here",
      ),
      tsa: z
        .url({ protocol: /^https?$/, error: "expected an address as in https://tsa.example/" })
        .optional()
        .describe("a time-stamp authority (RFC 3161): then each signature has a time stamp"),
    })
    .optional()
    .describe("signs each PDF (PAdES)"),
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
