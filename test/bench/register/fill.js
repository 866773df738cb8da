// A register of any size, as years of events leave it: every row signed and sealed as the program does it.

import { createHash } from "node:crypto";
import { parseHex } from "../../../dist/credential/hex.js";
import { formatKeySet } from "../../../dist/credential/keyset.js";
import { canonicalRecord, hashRecord } from "../../../dist/credential/record.js";
import { signToken } from "../../../dist/credential/sign.js";
import { HeldRegister } from "../../../dist/register/held.js";
import { person } from "../intake/people.js";

/** Certificates of an event. */
export const perEvent = 500;
/** Of so many, one is withdrawn. */
const perWithdrawn = 100;

export const eventId = (event) => `arsip-${String(event).padStart(5, "0")}`;
export const numberOf = (event, seq) => `${String(seq).padStart(4, "0")}/${eventId(event)}/${yearOf(event)}`;
const yearOf = (event) => 2015 + (event % 12);

/** @param {string} path @param {number} count @param {{ kid: string, public: unknown }} key the issuer's */
export async function fill(path, count, key) {
  let now = Date.parse("2015-01-01T00:00:00Z");
  const clock = () => {
    now += 1000;
    return new Date(now);
  };
  const register = HeldRegister.open(path, clock);
  const issuer = { kid: key.kid, publicKey: formatKeySet([key.public]) };
  try {
    for (let event = 0; event * perEvent < count; event += 1) {
      const record = recordOf(event);
      const hash = await hashRecord(record);
      const size = Math.min(perEvent, count - event * perEvent);
      const entered = Array.from({ length: size }, (_, place) => enteredOf(event, place, record, hash, key));
      register.transaction(() => enterAll(register, event, record, entered, issuer));
    }
  } finally {
    register.close();
  }
}

function enterAll(register, event, record, entered, issuer) {
  register.enter(batchOf(record), entered, issuer);
  for (const [place, { certificate }] of entered.entries()) {
    const id = event * perEvent + place + 1;
    register.noteRendered({ id, sha256: null, certificate }, sha256(certificate.file));
    if (place % perWithdrawn === perWithdrawn - 1)
      register.withdraw({ id, certificate }, { state: "revoked", reason: "request", note: "" }, null);
  }
}

function recordOf(event) {
  const day = `${yearOf(event)}-${String(1 + (event % 9)).padStart(2, "0")}-17`;
  return {
    ...{
      v: 1,
      issuer: "did:web:sertifikat.nusaraya.example:v",
      name: "Badan Pelatihan Aparatur Provinsi Nusa Raya",
    },
    ...{ event: eventId(event), title: `Pelatihan ke-${event}`, language: "id", start: day, end: day },
    awards: [{ id: "participant", label: "Peserta" }],
    fields: { hours: "3 JP" },
    verify: "https://sertifikat.nusaraya.example/v",
  };
}

function batchOf(record) {
  const inputs = [{ path: "attendance.csv", sha256: sha256(record.event) }];
  return {
    ...{ event: record.event, award: "participant", language: "id", record: canonicalRecord(record) },
    template: {
      name: "classic",
      files: new Map([["template.yaml", Buffer.from(`title: ${record.title}\n`)]]),
    },
    demand: {},
    basis: { lulus: "0.1.0", event_file: sha256(record.title), inputs, rulings: sha256("[]"), rule: {} },
  };
}

function enteredOf(event, place, record, hash, key) {
  const index = event * perEvent + place;
  const { full, email } = person(index);
  const draft = {
    ...{ event: record.event, person: `email:${email}`, award: "participant", revision: 0 },
    ...{
      number: numberOf(event, place + 1),
      name: full,
      email,
      personal: {},
      sensitive: {},
      date: record.end,
    },
    ...{ cti: sha256(String(index)).slice(0, 20), statusIndex: index, file: `${place + 1}-${index}.pdf` },
  };
  const claims = {
    issuedAt: Date.parse(`${draft.date}T00:00:00Z`) / 1000,
    cti: parseHex(draft.cti),
    ...{ name: full, number: draft.number, event: hash, statusIndex: index, award: 0, personal: {} },
  };
  return {
    certificate: { ...draft, token: signToken(claims, key) },
    ...{ keys: [draft.person, `name:${full.toLowerCase()}`], badge: null },
    ...{ counter: `event:${record.event}:${yearOf(event)}`, seq: place + 1 },
    evidence: {
      figures: {
        sessions: { main: { seconds: 10_800, percent: 100, basis: "intervals" } },
        quizzes: {},
        presence: {},
      },
      ...{ reasons: [], rulings: [], sources: [`attendance.csv:${place + 2}`, `quiz.csv:${place + 2}`] },
    },
  };
}

function sha256(text) {
  return createHash("sha256").update(text).digest("hex");
}
