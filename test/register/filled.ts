import { randomBytes } from "node:crypto";
import Database from "libsql";
import { parseHex } from "../../src/credential/hex.js";
import { formatKeySet } from "../../src/credential/keyset.js";
import { canonicalRecord, hashRecord } from "../../src/credential/record.js";
import { signToken } from "../../src/credential/sign.js";
import type { Certificate } from "../../src/model/certificate.js";
import { chainHash, genesis } from "../../src/register/chain.js";
import { exportLines } from "../../src/register/export.js";
import type { Finding } from "../../src/register/finding.js";
import { HeldRegister } from "../../src/register/held.js";
import { type Checkpoint, inspect } from "../../src/register/inspect.js";
import type { MailEntry } from "../../src/register/mail.js";
import { openForReading } from "../../src/register/open.js";
import { issuerKey, record } from "../credential/sample.js";

/** A register in which things have happened: one step after the other, each by its kind and a number. */
export type Step = readonly [
  kind: "issue" | "sign" | "render" | "mail" | "revoke" | "replace",
  count: number,
];

export const story: readonly Step[] = [
  ["issue", 9],
  ["sign", 6],
  ["render", 7],
  ["revoke", 2],
  ["issue", 4],
  ["replace", 3],
  ["render", 20],
];

const clock = () => new Date("2024-10-25T08:00:00.250Z");
const issuer = { kid: issuerKey.kid, publicKey: formatKeySet([issuerKey.public]) };
const recordHash = await hashRecord(record);

export function fill(path: string, steps: readonly Step[]): void {
  const register = HeldRegister.open(path, clock);
  try {
    for (const [kind, count] of steps) register.transaction(() => acts[kind](register, count));
  } finally {
    register.close();
  }
}

const acts: Record<Step[0], (register: HeldRegister, count: number) => void> = {
  issue(register, count) {
    const from = register.highest("event") + 1;
    enter(
      register,
      Array.from({ length: count }, (_, index) => made(from + index, `p${from + index}`, 0)),
    );
  },
  sign(register, count) {
    const open = register.certificates(record.event).filter(({ signature }) => signature === null);
    for (const [index, one] of open.slice(0, count).entries())
      register.noteSigned(one, { room: 900 + index, value: "AQID", stamp: index % 2 === 0 ? null : "BAUG" });
  },
  render(register, count) {
    for (const one of register
      .certificates(record.event)
      .filter(({ sha256 }) => sha256 === null)
      .slice(0, count))
      register.noteRendered(one, one.certificate.cti.repeat(4).slice(0, 64));
  },
  mail(register, count) {
    const entries: readonly MailEntry[] = [
      { kind: "sending", detail: { to: "p@x.example", message: "<1@x.example>", sha256: null } },
      { kind: "bounced", detail: { to: "p@x.example", answer: '550 "5.1.1"\n' } },
      { kind: "settled", detail: { to: null, ruling: "again" } },
    ];
    for (const { id, certificate } of open(register).slice(0, count))
      for (const entry of entries) register.noteMail({ id, cti: certificate.cti }, entry);
  },
  revoke(register, which) {
    const one = open(register)[which % Math.max(1, open(register).length)];
    if (one !== undefined)
      register.withdraw(
        one,
        { state: "revoked", reason: "mistake", note: `"catatan", baris\n${which}` },
        null,
      );
  },
  replace(register, which) {
    const one = open(register)[which % Math.max(1, open(register).length)];
    if (one === undefined) return;
    const next = made(register.highest("event") + 1, one.certificate.person, one.certificate.revision + 1);
    enter(register, [next]);
    register.withdraw(one, { state: "replaced", reason: "correction", note: "" }, next.certificate.number);
  },
};

function open(register: HeldRegister) {
  const withdrawn = register.withdrawals();
  return register.certificates(record.event).filter(({ certificate }) => !withdrawn.has(certificate.cti));
}

function enter(register: HeldRegister, entered: readonly ReturnType<typeof made>[]): void {
  const files = new Map([["template.yaml", Buffer.from(`schema: lulus.template/1 # ${register.count > 5}`)]]);
  const batch = { event: record.event, award: "participant", language: "id" } as const;
  register.enter(
    {
      ...batch,
      template: { name: "classic", files },
      record: canonicalRecord(record),
      demand: {},
      basis: { lulus: "0" },
    },
    entered,
    issuer,
  );
}

function made(seq: number, person: string, revision: number) {
  const draft: Omit<Certificate, "token"> = {
    ...{ event: record.event, person, award: "participant", revision, number: `${seq}/contoh` },
    name: seq % 3 === 0 ? `"Nama" ke-${seq}, S.Pd. ا` : `Peserta ${seq}`,
    email: seq % 4 === 0 ? null : `p${seq}@x.example`,
    personal: seq % 2 === 0 ? {} : { institution: "Dinas Contoh", "10": "b", "9": "a" },
    sensitive: { nip: `${seq}` },
    date: "2024-10-25",
    cti: seq.toString(16).padStart(20, "0"),
    statusIndex: seq * 3,
    file: `${seq}.pdf`,
  };
  const claims = {
    issuedAt: Date.parse(draft.date) / 1000,
    cti: parseHex(draft.cti),
    ...{ name: draft.name, number: draft.number, event: recordHash, award: 0 },
    ...{ statusIndex: draft.statusIndex, personal: draft.personal },
  };
  const certificate = { ...draft, token: signToken(claims, issuerKey) };
  return {
    certificate,
    keys: [`name:${seq}`],
    counter: "event",
    seq,
    evidence: { figures: { seq } },
    badge: seq % 5 === 1 ? `z${seq}` : null,
  };
}

/** What a check finds; `null` where the register cannot even be opened. */
export async function findings(
  path: string,
  checkpoint: Checkpoint | null = null,
): Promise<Finding[] | null> {
  try {
    const store = openForReading(path);
    if (store === null) return null;
    try {
      const found: Finding[] = [];
      for await (const each of inspect(store, checkpoint)) found.push(each);
      return found;
    } finally {
      store.close();
    }
  } catch {
    return null;
  }
}

export function exported(path: string): string {
  const store = openForReading(path);
  if (store === null) throw new Error(`no register at ${path}`);
  try {
    return [...exportLines(store)].join("");
  } finally {
    store.close();
  }
}

/** Changes a register as somebody with a database browser would: its triggers are taken away and put back. */
export function tamper(path: string, ...sql: readonly string[]): void {
  const database = new Database(path);
  const triggers = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  database.exec("PRAGMA foreign_keys = OFF");
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  for (const each of sql) database.exec(each);
  for (const each of triggers) database.exec(each.sql);
  database.close();
}

/** The same register as version 2 of its tables would have it: rows were not sealed, and keys not told of. */
export function asVersion2(path: string): void {
  const database = new Database(path);
  type Entry = {
    id: number;
    at: string;
    kind: string;
    certificate: number | null;
    cti: string | null;
    detail: string;
  };
  const entries = database
    .prepare("SELECT l.*, c.cti FROM log l LEFT JOIN certificate c ON c.id = l.certificate ORDER BY l.id")
    .all() as Entry[];
  const later = ["rendering", "issuer_key", "badge", "signature"].flatMap((table) => [
    `${table}_update`,
    `${table}_delete`,
  ]);
  for (const trigger of [...later, "log_update", "log_delete"]) database.exec(`DROP TRIGGER ${trigger}`);
  database.exec(
    "DROP INDEX log_certificate; DROP INDEX certificate_event; DROP TABLE badge; DROP TABLE signature; DELETE FROM log",
  );
  let [id, hash] = [0, genesis];
  for (const { at, kind, certificate, cti, ...entry } of entries.filter(
    (each) => !["key", "badge", "signed"].includes(each.kind),
  )) {
    const { row: _, keys: __, ...before } = JSON.parse(entry.detail);
    const detail = JSON.stringify(before);
    id += 1;
    hash = chainHash(hash, { id, at, kind, certificate: cti, detail });
    database
      .prepare("INSERT INTO log (id, at, kind, certificate, detail, hash) VALUES (?, ?, ?, ?, ?, ?)")
      .run(id, at, kind, certificate, detail, hash);
  }
  for (const verb of ["UPDATE", "DELETE"])
    database.exec(
      `CREATE TRIGGER log_${verb.toLowerCase()} BEFORE ${verb} ON log BEGIN SELECT RAISE(ABORT, 'the log table is append-only'); END;`,
    );
  database.exec("PRAGMA user_version = 2");
  database.close();
}

export function randomPlaces(count: number, below: number): number[] {
  return Array.from({ length: count }, () => randomBytes(4).readUInt32LE() % below);
}
