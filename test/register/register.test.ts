import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Certificate } from "../../src/model/certificate.js";
import { chainHash, genesis } from "../../src/register/chain.js";
import { HeldRegister } from "../../src/register/held.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lulus-register-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, "lulus.db");
const clock = () => new Date("2024-10-25T08:00:00Z");
const batch = {
  event: "coba-1",
  award: "participant",
  language: "id",
  template: { name: "classic", files: new Map([["template.yaml", Buffer.from("schema: lulus.template/1")]]) },
  record: "{}",
  demand: {},
  basis: {},
} as const;
const issuer = { kid: "0011223344556677", publicKey: "{}" };

function certificate(seq: number): Certificate {
  const email = `p${seq}@x.example`;
  return {
    event: "coba-1",
    person: `email:${email}`,
    award: "participant",
    revision: 0,
    number: `${seq}/coba-1`,
    name: `Peserta ${seq}`,
    email,
    personal: { institution: "Dinas" },
    sensitive: {},
    date: "2024-10-25",
    cti: seq.toString(16).padStart(20, "0"),
    statusIndex: seq,
    token: `1${seq}`,
    file: `${seq}.pdf`,
  };
}

const entered = (seq: number, keys: readonly string[] = []) => ({
  certificate: certificate(seq),
  keys,
  counter: "event:coba-1",
  seq,
  evidence: { seq },
  badge: null,
});

function withRegister<T>(use: (register: HeldRegister) => T): T {
  const register = HeldRegister.open(path(), clock);
  try {
    return use(register);
  } finally {
    register.close();
  }
}

describe("the register", () => {
  test("gives back what was entered, to whoever opens it next", () => {
    withRegister((register) =>
      register.transaction(() => register.enter(batch, [entered(1), entered(2)], issuer)),
    );
    withRegister((register) => {
      expect(register.certificates("coba-1").map((one) => one.certificate)).toEqual([
        certificate(1),
        certificate(2),
      ]);
      expect(register.highest("event:coba-1")).toBe(2);
      const [stored] = register.batches("coba-1");
      expect(Buffer.from(register.blob(stored?.template.files["template.yaml"] ?? "")).toString()).toBe(
        "schema: lulus.template/1",
      );
    });
  });

  test("finds the holder by any key, also by one learnt with the certificate", () => {
    withRegister((register) => {
      register.transaction(() => register.enter(batch, [entered(1, ["name:peserta", "nip:123"])], issuer));
      expect(register.holderOf("coba-1", "participant", ["email:other@x.example", "nip:123"])).toBe(
        "email:p1@x.example",
      );
      expect(register.holderOf("coba-1", "speaker", ["nip:123"])).toBeNull();
    });
  });

  test("takes all of a transaction or nothing", () => {
    withRegister((register) => {
      expect(() =>
        register.transaction(() => {
          register.enter(batch, [entered(1)], issuer);
          throw new Error("the power goes");
        }),
      ).toThrow("the power goes");
      expect(register.count).toBe(0);
      expect(register.batches("coba-1")).toEqual([]);
    });
  });

  test.each([
    ["a number", { number: "1/coba-1" }],
    ["a person's award", { person: "email:p1@x.example" }],
    ["an id", { cti: certificate(1).cti }],
    ["a place in the status list", { statusIndex: 1 }],
    ["a file", { file: "1.PDF" }],
  ])("refuses %s twice", (_, same) => {
    withRegister((register) => {
      register.transaction(() => register.enter(batch, [entered(1)], issuer));
      const again = { ...entered(2), certificate: { ...certificate(2), ...same } };
      expect(() => register.transaction(() => register.enter(batch, [again], issuer))).toThrow();
      expect(register.count).toBe(1);
    });
  });

  test("a second run is refused at once while the first holds it", () => {
    withRegister(() => {
      expect(() => HeldRegister.open(path(), clock)).toThrow(/another run is using the register/);
    });
    withRegister((register) => expect(register.count).toBe(0));
  });

  test("a file that is no register is refused, and left as it is", () => {
    writeFileSync(path(), "not a database, whatever its name".repeat(40));
    expect(() => HeldRegister.open(path(), clock)).toThrow(/cannot be trusted/);
  });

  test("what was issued cannot be changed or deleted, not even by us", () => {
    withRegister((register) => register.transaction(() => register.enter(batch, [entered(1)], issuer)));
    const database = new Database(path());
    for (const sql of [
      "UPDATE certificate SET name = 'x'",
      "DELETE FROM certificate",
      "UPDATE log SET detail = ''",
      "DELETE FROM log",
    ]) {
      expect(() => database.exec(sql), sql).toThrow(/append-only/);
    }
    database.close();
  });

  test("its log is a chain that can be followed from the start", () => {
    withRegister((register) => {
      register.transaction(() => register.enter(batch, [entered(1)], issuer));
      const [one] = register.certificates("coba-1");
      if (one === undefined) throw new Error("nothing was entered");
      register.transaction(() => register.noteRendered(one, "ab".repeat(32)));
    });
    const database = new Database(path(), { readonly: true });
    const log = database
      .prepare("SELECT l.*, c.cti FROM log l LEFT JOIN certificate c ON c.id = l.certificate ORDER BY l.id")
      .all();
    database.close();
    let hash = genesis;
    for (const row of log as {
      id: number;
      at: string;
      kind: string;
      cti: string | null;
      detail: string;
      hash: string;
    }[]) {
      hash = chainHash(hash, {
        id: row.id,
        at: row.at,
        kind: row.kind,
        certificate: row.cti,
        detail: row.detail,
      });
      expect(row.hash).toBe(hash);
    }
    expect((log as { kind: string }[]).map(({ kind }) => kind)).toEqual([
      "key",
      "batch",
      "planned",
      "rendered",
    ]);
  });
});
