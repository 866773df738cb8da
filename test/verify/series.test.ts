import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Certificate, EventRecord } from "../../src/model/certificate.js";
import { glyphDemand, type Press, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { readPdf } from "../../src/verify/pdf.js";
import { Series } from "../../src/verify/series.js";

const root = new URL("../../templates/classic/", import.meta.url);
const files = new Map(
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.includes("."))
    .map((path) => [path, new Uint8Array(readFileSync(new URL(path, root)))]),
);
const template = parseTemplate(files, "templates/classic", "id");
const record: EventRecord = {
  v: 1,
  issuer: "did:web:s.example:v",
  name: "Badan Pelatihan Aparatur",
  event: "coba-1",
  title: "Menulis Notula",
  language: "id",
  start: "2024-10-24",
  end: "2024-10-24",
  awards: [{ id: "participant", label: "Peserta" }],
  fields: {},
  verify: "https://s.example/v",
};
const certificates = ["Suharto", "Ḥasan aṣ-Ṣiddīq", "Siti Nur'aini, S.E."].map(
  (name, index): Certificate => ({
    event: "coba-1",
    person: `name:${index}`,
    award: "participant",
    revision: 0,
    number: `000${index}/coba-1/2024`,
    name,
    email: null,
    personal: {},
    sensitive: {},
    date: "2024-10-25",
    cti: `0${index}`.repeat(10),
    statusIndex: index,
    token: String(index + 3).repeat(420),
    file: `${index}.pdf`,
  }),
);

describe("files of one batch, read as a series", () => {
  let press: Press;
  let head: Uint8Array;
  beforeAll(async () => {
    press = await setPress(template, record, glyphDemand(template, record, certificates));
    const [first] = certificates;
    if (first === undefined) throw new Error("no certificate");
    head = press.lend(first).head;
  });

  test("say the same as each read by itself", () => {
    const series = new Series(head);
    for (const one of [...certificates, ...certificates]) {
      const bytes = press.stamp(one);
      expect(factsOf(bytes, series)).toEqual(factsOf(bytes));
      expect(factsOf(bytes).seal).toBe("whole");
    }
  });

  test("are believed in nothing that was not compared: a change anywhere breaks the seal", () => {
    const series = new Series(head);
    for (const one of certificates) expect(readPdf(press.stamp(one), series)?.seal).toBe("whole");
    const [first] = certificates;
    if (first === undefined) throw new Error("no certificate");
    const bytes = press.stamp(first);
    for (let at = 20; at < bytes.length; at += 331) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(readPdf(changed, series)?.seal).not.toBe("whole");
    }
    expect(readPdf(bytes.subarray(0, head.length - 1), series)).toBeNull();
    expect(readPdf(head, series)).toBeNull();
  });

  test("are no series with a file whose table places what they share elsewhere", () => {
    const series = new Series(head);
    const [first, second] = certificates.map((one) => press.stamp(one));
    if (first === undefined || second === undefined) throw new Error("no certificates");
    expect(readPdf(first, series)).not.toBeNull();
    // two rows of the table of shared objects exchanged
    const start = second.lastIndexOf("xref\n0 ");
    const row = second.indexOf("00000 n", start) - 11;
    const swapped = Buffer.from(second);
    second.copy(swapped, row, row + 20, row + 40);
    second.copy(swapped, row + 20, row, row + 20);
    expect(readPdf(swapped, series)).toBeNull();
  });
});

/** All that is read, with what is worked out only when it is asked for. */
function factsOf(bytes: Uint8Array, series: Series | null = null) {
  const read = readPdf(bytes, series);
  return { ...read, seal: read?.seal, sha256: read?.sha256, update: read?.update };
}
