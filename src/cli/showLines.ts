import { z } from "zod";
import { withdrawalReasons } from "../model/withdrawal.js";
import type { Dossier } from "./dossier.js";
import { paintOut, printable } from "./talk.js";

/** What the register keeps of a decision, as far as it is told to people: earlier versions may have kept less. */
const decided = z.object({
  figures: z
    .object({
      sessions: z
        .record(
          z.string(),
          z.object({
            seconds: z.number(),
            secondsMax: z.number().optional(),
            percent: z.number(),
            basis: z.string(),
          }),
        )
        .catch({}),
      quizzes: z
        .record(
          z.string(),
          z.object({ points: z.number(), max: z.number(), percent: z.number(), attempts: z.number() }),
        )
        .catch({}),
      presence: z.record(z.string(), z.boolean()).catch({}),
    })
    .catch({ sessions: {}, quizzes: {}, presence: {} }),
  rulings: z
    .array(z.object({ word: z.string(), person: z.string(), text: z.string().nullish(), source: z.string() }))
    .catch([]),
  sources: z.array(z.string()).catch([]),
});

const based = z.object({
  lulus: z.string().catch("?"),
  event_file: z.string().catch("?"),
  inputs: z.array(z.object({ path: z.string(), sha256: z.string() })).catch([]),
  rule: z.unknown(),
});

type Lines = readonly (readonly [label: string, text: string])[];

/** Everything about one certificate, for people: what it says, what became of it, what it was decided on, what it is made of. */
export function* showLines(dossier: Dossier): Iterable<string> {
  const style = dossier.state === "current" ? "green" : "yellow";
  yield `${paintOut("bold", printable(dossier.number))}  ${paintOut(style, dossier.state)}\n`;
  yield* block(facts(dossier));
  yield heading("decided on");
  yield* block(decision(dossier));
  yield heading("made of");
  yield* block(making(dossier));
  yield heading("what happened");
  for (const { id, at, kind, detail } of dossier.log)
    yield `  ${paintOut("dim", at.replace(/\.\d+Z$/, "Z"))}  ${entryWords(kind, detail)}  ${paintOut("dim", `entry ${id}`)}\n`;
}

function facts(dossier: Dossier): Lines {
  const { withdrawn, replaces } = dossier;
  return [
    ["name", dossier.name],
    ...Object.entries({ ...dossier.personal, ...dossier.sensitive }),
    ["e-mail", dossier.email ?? "none"],
    ["known as", dossier.person],
    ["award", same(dossier.label, dossier.award)],
    ["event", same(dossier.title, dossier.event)],
    ["date", dossier.date],
    ["code", dossier.code],
    ...(withdrawn === null ? [] : withdrawalWords(withdrawn)),
    ...(replaces === null ? [] : ([["replaces", replaces]] as const)),
  ];
}

function withdrawalWords({ on, reason, note, successor }: NonNullable<Dossier["withdrawn"]>): Lines {
  const by = successor === null ? [] : ([["replaced by", successor]] as const);
  const words = note === "" ? [] : ([["note", note]] as const);
  return [["withdrawn", `${on}, ${withdrawalReasons[reason].en}`], ...by, ...words];
}

function decision({ evidence, basis }: Dossier): Lines {
  const { figures, rulings, sources } = decided.parse(Object(evidence));
  const { rule } = based.parse(Object(basis));
  return [
    ...Object.entries(figures.sessions).map(([id, { seconds, secondsMax, percent, basis: from }]) => {
      const most = secondsMax === undefined ? "" : ` to ${clock(secondsMax)}`;
      return [`session ${id}`, `${clock(seconds)}${most}, ${percent} %, from ${from}`] as const;
    }),
    ...Object.entries(figures.quizzes).map(
      ([id, { points, max, percent, attempts }]) =>
        [
          `quiz ${id}`,
          `${points} of ${max}, ${percent} %, ${attempts === 1 ? "one attempt" : `${attempts} attempts`}`,
        ] as const,
    ),
    ...Object.entries(figures.presence).map(
      ([form, there]) => [`form ${form}`, there ? "there" : "not there"] as const,
    ),
    ["rule", rule === undefined ? "none: everybody" : JSON.stringify(rule)],
    ...rulings.map(
      ({ word, person, text, source }) =>
        ["ruling", `${word} ${person}${text ? `, "${text}"` : ""} (${source})`] as const,
    ),
    ["rows", sources.join(", ")],
  ];
}

function making({
  basis,
  template,
  batch,
  file,
  sha256,
  kid,
  counter,
  seq,
  revision,
  status_index,
}: Dossier): Lines {
  const { lulus, event_file, inputs } = based.parse(Object(basis));
  return [
    ["event file", event_file],
    ...inputs.map(({ path, sha256: hash }) => ["input", `${hash}  ${path}`] as const),
    ...Object.entries(template.files).map(
      ([path, hash]) => ["template", `${hash}  ${template.name}/${path}`] as const,
    ),
    ["file", `${sha256 ?? "not rendered yet"}  ${file}`],
    ["numbered", `${seq} of ${counter}; revision ${revision}, place ${status_index} in the status list`],
    ["signed by", `key ${kid}, batch ${batch}, lulus ${lulus}`],
  ];
}

const kinds: Readonly<Record<string, string>> = {
  planned: "numbered and signed",
  signed: "its PDF signed",
  rendered: "written and read back",
  sealed: "sealed at an upgrade",
  sending: "given to the mail server",
  sent: "mailed",
  deferred: "not taken by the mail server for now",
  bounced: "refused by the mail server",
  settled: "mail settled by hand",
};

function entryWords(kind: string, detail: unknown): string {
  const { reason, by, to, answer, ruling } = Object(detail);
  const words = [
    kinds[kind] ?? kind,
    ...(typeof reason === "string" ? [` (${reason})`] : []),
    ...(typeof by === "string" ? [`, by ${by}`] : []),
    ...(typeof ruling === "string" ? [`: ${ruling}`] : []),
    ...(typeof to === "string" ? [`, ${to}`] : []),
    ...(typeof answer === "string" ? [`: ${answer}`] : []),
  ];
  return printable(words.join(""));
}

function* block(lines: Lines): Iterable<string> {
  for (const [label, text] of lines) yield `  ${paintOut("dim", label.padEnd(14))} ${printable(text)}\n`;
}

function heading(text: string): string {
  return `\n${paintOut("bold", text)}\n`;
}

function same(label: string, id: string): string {
  return label === id ? id : `${label} (${id})`;
}

function clock(seconds: number): string {
  const two = (count: number) => String(Math.floor(count)).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}
