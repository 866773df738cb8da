import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HeldRegister } from "../../src/register/held.js";
import { illegible } from "../../src/register/legible.js";
import { openForReading } from "../../src/register/open.js";
import { Register } from "../../src/register/register.js";
import { isSound } from "../../src/register/sound.js";
import { walkLog } from "../../src/register/walk.js";
import { asVersion2, exported, fill, findings, story, tamper } from "./filled.js";

let folder = "";
let whole = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lulus-register-"));
  whole = join(folder, "whole.db");
  fill(whole, story);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copy(): string {
  const path = join(folder, "copy.db");
  copyFileSync(whole, path);
  return path;
}

const clock = () => new Date("2024-11-01T08:00:00Z");

/** What the quick look says of the log and what it tells of, and what the walk says; `null` where it cannot be opened. */
function twoLooks(path: string, after = 0): { readonly quick: boolean; readonly slow: boolean } | null {
  try {
    const store = openForReading(path);
    if (store === null) return null;
    const size = Number(store.scalar("SELECT max(id) FROM log"));
    const quick = isSound(store, after, size);
    // text that is none must not be walked over
    const slow = [...illegible(store)].length === 0 && [...walkLog(store, after)].length === 0;
    store.close();
    return { quick, slow };
  } catch {
    return null;
  }
}

describe("a register that is as it was written", () => {
  test("is found whole", async () => {
    expect(await findings(whole)).toEqual([]);
  });

  test.each([0, 1, 7, 30])("is sound at a glance, from behind %d entries of its log", (after) => {
    expect(twoLooks(whole, after)).toEqual({ quick: true, slow: true });
  });

  test("is gone on from", () => {
    HeldRegister.open(copy(), clock).close();
  });
});

/** Every column of every table that says something, changed in one row. */
const changes: readonly (readonly [what: string, sql: string])[] = [
  ...[
    ...["event", "person", "award", "counter", "number", "name", "email", "personal", "sensitive", "date"],
    ...["cti", "token", "file", "evidence"],
  ].map(
    (column) =>
      [`certificate.${column}`, `UPDATE certificate SET ${column} = ${column} || ' ' WHERE id = 3`] as const,
  ),
  ...["batch", "revision", "seq", "status_index"].map(
    (column) =>
      [`certificate.${column}`, `UPDATE certificate SET ${column} = ${column} + 700 WHERE id = 3`] as const,
  ),
  ["certificate.id", "UPDATE certificate SET id = 700 WHERE id = 3"],
  ...["event", "award", "language", "template", "record", "demand", "basis"].map(
    (column) => [`batch.${column}`, `UPDATE batch SET ${column} = ${column} || ' ' WHERE id = 1`] as const,
  ),
  ["rendering.sha256", "UPDATE rendering SET sha256 = 'ab' || substr(sha256, 3) WHERE certificate = 2"],
  ["rendering.certificate", "UPDATE rendering SET certificate = 700 WHERE certificate = 2"],
  ["withdrawal.state", "UPDATE withdrawal SET state = 'replaced' WHERE state = 'revoked'"],
  ["withdrawal.reason", "UPDATE withdrawal SET reason = 'fraud'"],
  ["withdrawal.note", "UPDATE withdrawal SET note = 'x'"],
  ["withdrawal.at", "UPDATE withdrawal SET at = '2024-10-26T08:00:00.250Z'"],
  ["withdrawal.successor", "UPDATE withdrawal SET successor = 1 WHERE successor IS NOT NULL"],
  ["badge.proof", "UPDATE badge SET proof = 'z0' WHERE certificate = 1"],
  ["a deleted badge", "DELETE FROM badge WHERE certificate = 1"],
  ["signature.room", "UPDATE signature SET room = room + 1 WHERE certificate = 1"],
  ["signature.value", "UPDATE signature SET value = 'AAAA' WHERE certificate = 1"],
  ["signature.stamp", "UPDATE signature SET stamp = 'AAAA' WHERE certificate = 1"],
  ["a deleted signature", "DELETE FROM signature WHERE certificate = 1"],
  ["a signature that never was", "INSERT INTO signature SELECT 9, room, value, stamp FROM signature LIMIT 1"],
  ["issuer_key.public", "UPDATE issuer_key SET public = replace(public, '\"OKP\"', '\"OPK\"')"],
  ["issuer_key.kid", "UPDATE issuer_key SET kid = 'ffffffffffffffff'"],
  ["blob.bytes", "UPDATE blob SET bytes = x'00'"],
  ["holder.person", "UPDATE holder SET person = 'p9' WHERE key = 'name:1'"],
  ["log.at", "UPDATE log SET at = '2023-01-01T00:00:00.000Z' WHERE id = 5"],
  ["log.detail", "UPDATE log SET detail = '{}' WHERE id = 5"],
  ["log.kind", "UPDATE log SET kind = 'sent' WHERE id = 5"],
  ["log.certificate", "UPDATE log SET certificate = 1 WHERE id = 5"],
  ["log.hash", "UPDATE log SET hash = 'ab' || substr(hash, 3) WHERE id = 5"],
  ["a deleted certificate", "DELETE FROM certificate WHERE id = 3"],
  ["a deleted rendering", "DELETE FROM rendering WHERE certificate = 2"],
  ["a deleted withdrawal", "DELETE FROM withdrawal WHERE state = 'revoked'"],
  ["a deleted key of a holder", "DELETE FROM holder WHERE key = 'name:1'"],
  ["a deleted content", "DELETE FROM blob"],
  ["a deleted entry of the log", "DELETE FROM log WHERE id = 5"],
  ["a rendering that never was", "INSERT INTO rendering SELECT 700, sha256 FROM rendering LIMIT 1"],
  [
    "a foreign batch",
    "INSERT INTO batch SELECT 700, event, award, language, template, record, demand, basis FROM batch LIMIT 1",
  ],
  [
    "a foreign holder",
    "INSERT INTO holder VALUES ('contoh-2024-41', 'participant', 'name:orang lain', 'p1')",
  ],
  ["a table of somebody else", "CREATE TABLE extra (x)"],
  ["a trigger that is gone", "DROP INDEX certificate_file"],
];

describe("a register that was changed by hand", () => {
  test.each(changes)("%s is found", async (_, sql) => {
    const path = copy();
    tamper(path, sql);
    const looks = twoLooks(path);
    expect(looks?.quick).toBe(looks?.slow);
    const found = await findings(path);
    expect(found?.length).toBeGreaterThan(0);
    for (const each of found ?? [])
      expect(each).toMatchObject({ what: expect.stringMatching(/\S/), remedy: expect.stringMatching(/\S/) });
  });

  test("the finding names the certificate", async () => {
    const path = copy();
    tamper(path, "UPDATE certificate SET name = 'Orang Lain' WHERE id = 3");
    expect(await findings(path)).toEqual([
      expect.objectContaining({ code: "row-changed", where: "certificate 3/contoh" }),
      expect.objectContaining({ code: "token", where: "certificate 3/contoh" }),
    ]);
  });

  test("a missing number is told as a gap", async () => {
    const path = copy();
    tamper(path, "DELETE FROM certificate WHERE id = 3");
    const found = await findings(path);
    expect(found?.map(({ code }) => code)).toEqual(expect.arrayContaining(["gap", "row-missing"]));
    expect(found?.find(({ code }) => code === "gap")?.what).toBe("number 3 has no certificate");
  });

  test("nothing more is issued from it", () => {
    const path = copy();
    tamper(path, "UPDATE certificate SET name = 'Orang Lain' WHERE id = 3");
    expect(() => HeldRegister.open(path, clock)).toThrow(/cannot be trusted: certificate 3\/contoh/);
    // and whoever comes next is not told that another run has it
    expect(() => HeldRegister.open(path, clock)).toThrow(/cannot be trusted/);
  });

  test("a cut tail, rows and entries alike, shows against what was published, and only there", async () => {
    const path = copy();
    const register = Register.read(path);
    const head = register?.logHead() ?? { size: 0, head: "" };
    register?.close();
    tamper(path, "DELETE FROM rendering WHERE certificate = 14", `DELETE FROM log WHERE id = ${head.size}`);
    expect(await findings(path)).toEqual([]);
    expect(await findings(path, head)).toEqual([expect.objectContaining({ code: "tail" })]);
    expect(await findings(whole, head)).toEqual([]);
    expect(await findings(whole, { size: 3, head: "ab".repeat(32) })).toEqual([
      expect.objectContaining({ code: "tail" }),
    ]);
  });
});

test("one flipped bit anywhere in the file is found, or changes nothing that is read", {
  timeout: 120_000,
}, async () => {
  const bytes = readFileSync(whole);
  const before = exported(whole);
  const path = join(folder, "flipped.db");
  const count = { found: 0, harmless: 0 };
  // evenly over the file, so that every kind of page has its share, and all of the header
  const step = Math.floor((bytes.length * 8) / 200);
  const bits = [
    ...Array.from({ length: 200 }, (_, index) => index * step + (index % 61)),
    ...Array.from({ length: 100 }, (_, byte) => byte * 8 + (byte % 8)),
  ];
  for (const bit of bits) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    writeFileSync(path, flipped);
    const looks = twoLooks(path);
    if (looks?.quick) expect(looks.slow, `bit ${bit}`).toBe(true);
    const found = await findings(path);
    if (found !== null && found.length === 0) {
      expect(exported(path), `bit ${bit}`).toBe(before);
      count.harmless += 1;
    } else count.found += 1;
  }
  expect(count.found).toBeGreaterThan(60);
});

describe("a register of an earlier version", () => {
  test("is brought up to date when it is gone on from, and whole afterwards", async () => {
    const path = copy();
    asVersion2(path);
    fill(path, [["issue", 1]]);
    expect(await findings(path)).toEqual([]);
    tamper(path, "UPDATE certificate SET email = 'x@y.example' WHERE id = 2");
    expect((await findings(path))?.map(({ where }) => where)).toEqual(["certificate 2/contoh"]);
  });

  test("a key that was forgotten in it before is missed from then on", async () => {
    const path = copy();
    asVersion2(path);
    HeldRegister.open(path, clock).close();
    tamper(path, "DELETE FROM holder WHERE key = 'name:1'");
    expect((await findings(path))?.map(({ code }) => code)).toEqual(["holder"]);
  });
});
