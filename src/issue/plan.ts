import { hexOf, parseHex } from "../credential/hex.js";
import { certificateId, STATUS_LIST_SIZE, statusIndex } from "../credential/identifier.js";
import type { IssuerKey } from "../credential/key.js";
import { signToken } from "../credential/sign.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import type { Decision } from "../model/decision.js";
import type { Event } from "../model/eventFile.js";
import { Fault } from "../model/fault.js";
import { factsOf } from "../model/printed.js";
import { freeFile, parseFilePattern } from "./file.js";
import { parseNumberPattern } from "./number.js";

/** What was issued before, as far as a plan depends on it. */
export interface Issued {
  /** the person under whose key somebody with one of these keys has the award already, or `null` */
  holderOf(event: string, award: string, keys: readonly string[]): string | null;
  /** the highest running number of a counter, 0 where there is none */
  highest(counter: string): number;
  isNumberTaken(number: string): boolean;
  isIndexTaken(statusIndex: number): boolean;
  /** lower case */
  isFileTaken(event: string, file: string): boolean;
  /** certificates of the register, all events */
  readonly count: number;
}

/** A certificate to be entered into the register, with what it was decided on. */
export interface Planned {
  readonly certificate: Certificate;
  readonly decision: Decision;
  readonly counter: string;
  readonly seq: number;
}

/** What of a person a template prints besides the name, by award: `personal` is signed, `sensitive` is not. */
export type Printed = (award: string) => {
  readonly personal: readonly string[];
  readonly sensitive: readonly string[];
};

/** What all certificates of one run have in common. */
export interface Batch {
  readonly event: Event;
  readonly record: EventRecord;
  /** 16 bytes: what the token says of the record */
  readonly recordHash: Uint8Array;
  readonly printed: Printed;
}

/**
 * Numbers and signs certificates for the eligible who have none yet, in a stable order: name, then address, then key.
 * Pure: the same decisions, register and key give the same plan; nothing is written. One after the other, because
 * thousands take seconds.
 *
 * @throws Fault for a number or file pattern that cannot serve, and for a number that another event has used
 */
export function* plan(
  batch: Batch,
  decisions: readonly Decision[],
  issued: Issued,
  key: IssuerKey,
): Iterable<Planned> {
  const { event, printed } = batch;
  const next = numbering(event, issued);
  const place = placing(event, issued);
  for (const { decision, award } of entitled(event, decisions, issued)) {
    const person = decision.person;
    const { number, counter, seq } = next(award);
    const identity = {
      issuer: batch.record.issuer,
      event: event.config.event.id,
      person: person.key,
      award,
      revision: 0,
    };
    const draft = {
      event: event.config.event.id,
      person: person.key,
      award,
      revision: 0,
      number,
      name: person.name,
      email: person.emails[0] ?? null,
      personal: factsOf(person, printed(award).personal),
      sensitive: factsOf(person, printed(award).sensitive),
      date: event.date,
      cti: hexOf(certificateId(key.secret, identity)),
      statusIndex: place.index((attempt) => statusIndex(key.secret, identity, attempt)),
      file: place.file({ number, name: person.name, award }),
    };
    yield { certificate: { ...draft, token: tokenOf(draft, batch, key) }, decision, counter, seq };
  }
}

/** The signed facts of a certificate whose facts are settled. */
export function tokenOf(draft: Omit<Certificate, "token">, batch: Batch, key: IssuerKey): string {
  const claims = {
    issuedAt: Date.parse(`${draft.date}T00:00:00Z`) / 1000,
    cti: parseHex(draft.cti),
    name: draft.name,
    number: draft.number,
    event: batch.recordHash,
    statusIndex: draft.statusIndex,
    award: batch.record.awards.findIndex((award) => award.id === draft.award),
    personal: draft.personal,
  };
  return signToken(claims, key);
}

/** Whether the event's patterns can serve, asked before anything is read. @throws Fault, Faults */
export function admitPatterns({ config, locate }: Event): void {
  parseNumberPattern(config.certificate.number, locate(["certificate", "number"]));
  parseFilePattern(config.certificate.filename, locate(["certificate", "filename"]));
}

/** Gives the next number each time it is asked. */
export function numbering(
  event: Event,
  issued: Issued,
): (award: string) => { number: string; counter: string; seq: number } {
  const { config, date, locate } = event;
  const place = locate(["certificate", "number"]);
  const numberOf = parseNumberPattern(config.certificate.number, place);
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const counter = counterOf(event, year);
  let seq = issued.highest(counter);
  return (award) => {
    seq += 1;
    const number = numberOf({ seq, event: config.event.id, award, year, month, day });
    if (!issued.isNumberTaken(number)) return { number, counter, seq };
    throw new Fault(
      "number-taken",
      `the number "${number}" belongs to another certificate of this register`,
      {
        place,
        hints: ["put {event.id} into the pattern", "or count together: `counter: register`"],
      },
    );
  };
}

/** Gives each certificate its place in the status list and its file, never one that is taken. */
export function placing(event: Event, issued: Issued) {
  const { config, locate } = event;
  const fileOf = parseFilePattern(config.certificate.filename, locate(["certificate", "filename"]));
  const indices = new Set<number>();
  const files = new Set<string>();
  return {
    index(at: (attempt: number) => number): number {
      const index = freeIndex(issued, indices, at);
      indices.add(index);
      return index;
    },
    file(facts: Parameters<typeof fileOf>[0]): string {
      const file = freeFile(
        fileOf(facts),
        (name) => files.has(name) || issued.isFileTaken(config.event.id, name),
      );
      files.add(file.toLowerCase());
      return file;
    },
  };
}

/** Whether somebody is to get a certificate who has none yet. */
export function bringsNew(event: Event, decisions: readonly Decision[], issued: Issued): boolean {
  return entitled(event, decisions, issued).length > 0;
}

interface Entitled {
  readonly decision: Decision;
  readonly award: string;
}

function entitled(event: Event, decisions: readonly Decision[], issued: Issued): Entitled[] {
  const id = event.config.event.id;
  return decisions
    .flatMap((decision) =>
      decision.outcome === "eligible" ? decision.awards.map((award) => ({ decision, award })) : [],
    )
    .filter(({ decision, award }) => issued.holderOf(id, award, decision.person.keys) === null)
    .sort(byNameThenAddress);
}

/** By code units, not by locale: the order must be the same on every machine. */
function byNameThenAddress(a: Entitled, b: Entitled): number {
  const order = ({ decision: { person }, award }: Entitled) => [
    person.name,
    person.emails[0] ?? "",
    person.key,
    award,
  ];
  const [left, right] = [order(a), order(b)];
  for (const [index, text] of left.entries()) {
    const other = right[index] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

/** Which numbers count together: per event and year, unless the event file says otherwise. */
function counterOf(event: Event, year: number): string {
  const counter = event.config.certificate.counter;
  if (counter === "register") return "register";
  if (counter === "year") return `year:${year}`;
  if (counter === "event") return `event:${event.config.event.id}`;
  return `event:${event.config.event.id}:${year}`;
}

/** A status list is filled to half, so that a free place is found at once and neighbours say nothing. */
function freeIndex(issued: Issued, taken: ReadonlySet<number>, at: (attempt: number) => number): number {
  const list = Math.floor((issued.count + taken.size) / (STATUS_LIST_SIZE / 2));
  for (let attempt = 0; ; attempt++) {
    const index = list * STATUS_LIST_SIZE + at(attempt);
    if (!taken.has(index) && !issued.isIndexTaken(index)) return index;
  }
}
