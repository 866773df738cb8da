import { describe, expect, test } from "vitest";
import { createKey, openKey } from "../../src/credential/key.js";
import { hashRecord } from "../../src/credential/record.js";
import { isSignedBy, parseToken } from "../../src/credential/token.js";
import { type Issued, plan } from "../../src/issue/plan.js";
import { recordOf } from "../../src/issue/record.js";
import { judge } from "../../src/judge/judge.js";
import { parseEvent } from "../../src/model/eventFile.js";
import { came, listed, matched } from "../rows.js";

const key = openKey(createKey(null), null, { file: "issuer.pem" });

const event = (more = "") =>
  parseEvent(
    `event: { id: coba-1, title: Coba, timezone: UTC, sessions: [{ id: main, start: 2024-10-24 00:00, end: 2024-10-24 03:00 }] }
issuer: { name: BPA }
inputs: { attendance: a.csv }
awards: [{ id: participant, when: { attendance: { min_percent: 50 } } }]
certificate: { number: "{seq:3}/{event.id}/{year}"${more} }
verify: { url: "https://s.example/v" }
`,
    "event.yaml",
  );

const nothing: Issued = {
  holderOf: () => null,
  highest: () => 0,
  isNumberTaken: () => false,
  isIndexTaken: () => false,
  isFileTaken: () => false,
  count: 0,
};

const rules = {
  sessions: [{ id: "main", start: 0, end: 10_800 }],
  quizzes: {},
  forms: [],
  awards: [{ id: "participant", when: { attendance: { min_percent: 50 } } }],
  all: false,
};

const people = [
  came("Citra <c@x.example>", 0, 180),
  came("Ayu <a2@x.example>", 0, 180),
  came("Ayu <a1@x.example>", 0, 180),
  came("Budi <b@x.example>", 0, 10),
  listed("Citra <c@x.example>", { institution: "Dinas Kesehatan" }),
];

async function planned(issued: Issued = nothing, more = "", rows = people) {
  const parsed = event(more);
  const record = recordOf(parsed);
  const batch = {
    event: parsed,
    record,
    recordHash: await hashRecord(record),
    printed: () => ({ personal: ["institution"], sensitive: [] }),
  };
  return [...plan(batch, judge(matched(...rows), rules), issued, key)];
}

describe("a plan of certificates", () => {
  test("numbers the eligible by name, then address, and nobody else", async () => {
    const certificates = (await planned()).map(({ certificate }) => certificate);
    expect(certificates.map(({ number, name, email }) => [number, name, email])).toEqual([
      ["001/coba-1/2024", "Ayu", "a1@x.example"],
      ["002/coba-1/2024", "Ayu", "a2@x.example"],
      ["003/coba-1/2024", "Citra", "c@x.example"],
    ]);
  });

  test("signs what is printed", async () => {
    const last = (await planned()).at(-1)?.certificate;
    const token = parseToken(last?.token ?? "");
    expect(await isSignedBy(token, key.publicKey)).toBe(true);
    expect(token.claims).toMatchObject({
      name: "Citra",
      number: "003/coba-1/2024",
      award: 0,
      issuedAt: Date.parse("2024-10-24") / 1000,
      personal: { institution: "Dinas Kesehatan" },
    });
  });

  test("is the same each time, whatever the order of rows", async () => {
    expect(await planned(nothing, "", [...people].reverse())).toEqual(await planned());
  });

  test("goes on behind the highest number, and leaves those alone who have one", async () => {
    const issued: Issued = {
      ...nothing,
      holderOf: (_event, _award, keys) => (keys.includes("email:a1@x.example") ? "email:a1@x.example" : null),
      highest: (counter) => (counter === "event:coba-1:2024" ? 7 : 0),
    };
    expect((await planned(issued)).map(({ certificate }) => certificate.number)).toEqual([
      "008/coba-1/2024",
      "009/coba-1/2024",
    ]);
  });

  test("never takes a place in the status list or a file that is taken", async () => {
    const [first] = await planned();
    const issued: Issued = {
      ...nothing,
      isIndexTaken: (index) => index === first?.certificate.statusIndex,
      isFileTaken: (_event, file) => file === first?.certificate.file.toLowerCase(),
    };
    const [again] = await planned(issued);
    expect(again?.certificate.statusIndex).not.toBe(first?.certificate.statusIndex);
    expect(again?.certificate.file).toBe("001-coba-1-2024-Ayu-2.pdf");
  });

  test("is refused where another event has used the number", async () => {
    await expect(planned({ ...nothing, isNumberTaken: () => true })).rejects.toThrow(
      /belongs to another certificate/,
    );
  });

  test.each([
    ["event", "event:coba-1"],
    ["year", "year:2024"],
    ["register", "register"],
  ])("counts per %s where the event says so", async (counter, name) => {
    expect((await planned(nothing, `, counter: ${counter}`))[0]?.counter).toBe(name);
  });
});
