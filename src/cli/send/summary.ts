import type { Fault } from "../../model/fault.js";
import type { Register } from "../../register/register.js";
import { note, paintErr, paintOut, printable, type Talk } from "../talk.js";
import { type Standing, type Stands, standingOf } from "./standing.js";

/** A certificate's mail that a human has to know of. */
export interface Problem extends Stands {
  readonly number: string;
  readonly name: string;
  readonly email: string | null;
  /** when it came to this, UTC; `null` where nothing has happened */
  readonly at: string | null;
}

/** What a run of `send` has left behind. */
export interface Left {
  readonly event: string;
  readonly counts: Readonly<Record<Standing, number>>;
  /** of those that were sent, in this run */
  readonly sentNow: number;
  /** why it ended early */
  readonly halted: Fault | null;
  /** asked for anew each time: there may be as many as there are people */
  readonly problems: () => Iterable<Problem>;
}

const problematic: ReadonlySet<Standing> = new Set([
  "later",
  "bounced",
  "unknown",
  "no-address",
  "unready",
  "open",
]);

/**
 * How it stands with the mails of an event after a run.
 *
 * @param covers which certificates were meant
 * @param unready what the run has found of PDFs, by id of the certificate
 */
export function leftOf(
  register: Register,
  event: string,
  covers: (certificate: { readonly number: string }) => boolean,
  run: {
    readonly sent: number;
    readonly halted: Fault | null;
    readonly unready: ReadonlyMap<number, string>;
  },
): Left {
  const all = function* (): Iterable<Problem> {
    for (const each of register.mailed(event)) {
      if (!covers(each)) continue;
      const why = run.unready.get(each.id);
      const stands = why === undefined ? standingOf(each) : ({ standing: "unready", why } as const);
      yield { ...stands, number: each.number, name: each.name, email: each.to, at: each.last?.at ?? null };
    }
  };
  const counts = Object.fromEntries(rows.map(({ standing }) => [standing, 0])) as Record<Standing, number>;
  for (const { standing } of all()) counts[standing] += 1;
  const problems = function* (): Iterable<Problem> {
    for (const each of all()) if (problematic.has(each.standing)) yield each;
  };
  return { event, counts, sentNow: run.sent, halted: run.halted, problems };
}

/** Whether everybody who was meant, and whose certificate holds, has been sent it. */
export function isAll({ counts }: Left): boolean {
  return [...problematic].every((standing) => counts[standing] === 0);
}

interface Row {
  readonly standing: Standing;
  readonly says: string;
  readonly style: "green" | "yellow" | "red" | "dim";
  /** what to do about it; `null` where nothing has to be done */
  readonly hint: ((example: string) => string) | null;
}

/** In the order in which they are told. */
const rows: readonly Row[] = [
  { standing: "sent", says: "sent", style: "green", hint: null },
  {
    standing: "open",
    says: "to be sent",
    style: "yellow",
    hint: () => "run the same command again: it goes on where it stopped",
  },
  {
    standing: "later",
    says: "not taken for now, to be tried later",
    style: "yellow",
    hint: () => "run the same command again later: it tries these once more",
  },
  {
    standing: "unknown",
    says: "unknown: given to the server, which did not answer",
    style: "red",
    hint: (number) =>
      `look into the sent mail of the server, or ask the person; then say how it is: lulus send --settle ${number} sent (or again)`,
  },
  {
    standing: "bounced",
    says: "bounced: the server refuses them",
    style: "red",
    hint: (number) =>
      `with another address: lulus send --settle ${number} siti@example.go.id; handed over otherwise: lulus send --settle ${number} sent`,
  },
  {
    standing: "no-address",
    says: "without an address that can be used",
    style: "red",
    hint: (number) => `give one: lulus send --settle ${number} siti@example.go.id`,
  },
  {
    standing: "unready",
    says: "without the PDF that was issued",
    style: "red",
    hint: () => "`lulus render` writes what is missing or changed to the same bytes",
  },
  { standing: "withdrawn", says: "revoked or replaced, not sent", style: "dim", hint: null },
];

/** Lines of one kind that a person still reads. */
const MOST = 20;

/** For people. */
export function* summaryLines(left: Left): Iterable<string> {
  const { counts, sentNow } = left;
  const earlier = counts.sent - sentNow;
  const shown: (readonly [number, string, Row["style"]])[] = [];
  if (sentNow > 0) shown.push([sentNow, "sent", "green"]);
  if (earlier > 0) shown.push([earlier, "sent already", "green"]);
  for (const { standing, says, style } of rows)
    if (standing !== "sent" && counts[standing] > 0) shown.push([counts[standing], says, style]);
  if (shown.length === 0) shown.push([0, "to be sent: nothing was issued", "dim"]);
  const width = Math.max(...shown.map(([count]) => String(count).length));
  for (const [count, says, style] of shown)
    yield `${paintOut(style, String(count).padStart(width))}  ${says}\n`;
  yield* problemLines(left);
}

function* problemLines({ counts, problems }: Left): Iterable<string> {
  for (const { standing, says } of rows) {
    // what is simply next in the queue is no news
    if (!problematic.has(standing) || standing === "open" || counts[standing] === 0) continue;
    yield `\n${paintOut("bold", says)}\n`;
    let told = 0;
    for (const each of problems()) {
      if (each.standing !== standing) continue;
      told += 1;
      if (told > MOST) break;
      yield `  ${problemLine(each)}\n`;
    }
    if (counts[standing] > MOST)
      yield `  … and ${counts[standing] - MOST} more: lulus send --dry-run --json tells all\n`;
  }
}

function problemLine({ number, name, email, why }: Problem): string {
  return [number, name, email ?? "", why]
    .filter((part) => part !== "")
    .map(printable)
    .join("  ");
}

/** What to do about each kind. */
export function hint(left: Left, talk: Talk): void {
  const examples = new Map<Standing, string>();
  for (const { standing, number } of left.problems()) {
    if (!examples.has(standing)) examples.set(standing, number);
    if (examples.size === problematic.size) break;
  }
  for (const { standing, hint: says } of rows) {
    const example = examples.get(standing);
    if (says !== null && example !== undefined)
      note(`${paintErr("cyan", "hint")}: ${printable(says(example))}`, talk);
  }
}

/** One object, written piece by piece. */
export function* summaryJson(left: Left): Iterable<string> {
  const { counts, sentNow, halted, event } = left;
  const head = {
    schema: "lulus.send/1",
    event,
    certificates: Object.values(counts).reduce((sum, count) => sum + count, 0),
    sent: sentNow,
    already: counts.sent - sentNow,
    open: counts.open,
    later: counts.later,
    bounced: counts.bounced,
    unknown: counts.unknown,
    no_address: counts["no-address"],
    unready: counts.unready,
    withdrawn: counts.withdrawn,
    halted: halted === null ? null : { code: halted.code, message: halted.message },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"problems":[`;
  let isFirst = true;
  for (const { number, name, email, standing, why, at } of left.problems()) {
    yield `${isFirst ? "" : ","}${JSON.stringify({ number, name, email, state: standing, why, at })}`;
    isFirst = false;
  }
  yield "]}\n";
}
