import fc from "fast-check";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { Fault, Faults } from "../../src/model/fault.js";
import type { InputSummary } from "../../src/model/row.js";
import { answersOf, attendanceOf, presenceOf, quizOf, rosterOf, spoken, spokenScore } from "./reading.js";
import { date, xlsxOf } from "./xlsx.js";

const header = [
  "Name (original name)",
  "Email",
  "Join time",
  "Leave time",
  "Duration (minutes)",
  "Guest",
  "Note",
];
const name = fc.stringMatching(/^[A-Za-zéñü][A-Za-zéñü '.,;"#]{0,12}[a-z]$/);
const time = fc.integer({ min: 0, max: 10_000 });
const person = fc.record({
  name,
  number: fc.nat(9),
  join: time,
  stay: time,
  note: fc.constantFrom("", "a,b", "c;d", "e\nf", 'g "h"'),
});
const people = fc.array(person, { minLength: 1, maxLength: 10 });

type Drawn = typeof person extends fc.Arbitrary<infer One> ? One : never;

function cellsOf({ name: called, number, join, stay, note }: Drawn): string[] {
  const clock = (seconds: number) =>
    new Date(Date.UTC(2026, 8, 24, 8) + seconds * 1000).toISOString().slice(11, 19);
  return [
    called,
    `p${number}@x.id`,
    `24/09/2026 ${clock(join)}`,
    `24/09/2026 ${clock(join + stay)}`,
    "5",
    "Yes",
    note,
  ];
}

interface Writing {
  readonly delimiter: "," | ";" | "\t";
  readonly encoding: InputSummary["encoding"];
  readonly padding: number;
}

function write(rows: readonly (readonly string[])[], { delimiter, encoding, padding }: Writing): Buffer {
  const quoted = (cell: string) => (/[",;\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const text = rows.map((row) => row.map(quoted).join(delimiter) + delimiter.repeat(padding)).join("\r\n");
  if (encoding === "utf-16le") return Buffer.from(`\ufeff${text}`, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(`\ufeff${text}`, "utf16le").swap16();
  if (encoding === "windows-1252") return Buffer.from(text, "latin1");
  return Buffer.from(encoding === "utf-8-bom" ? `\ufeff${text}` : text);
}

const plain: Writing = { delimiter: ",", encoding: "utf-8", padding: 0 };
const sorted = (rows: readonly string[]) => [...rows].sort();

describe("whatever a spreadsheet does to a report", () => {
  test("its rows stay the same under another encoding, delimiter or padding", async () => {
    const writing = fc.record({
      delimiter: fc.constantFrom<Writing["delimiter"]>(",", ";", "\t"),
      encoding: fc.constantFrom<Writing["encoding"]>(
        "utf-8",
        "utf-8-bom",
        "utf-16le",
        "utf-16be",
        "windows-1252",
      ),
      padding: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(people, writing, async (drawn, how) => {
        const rows = [header, ...drawn.map(cellsOf)];
        const before = await attendanceOf(write(rows, plain));
        const after = await attendanceOf(write(rows, how));
        expect(after.rows).toEqual(before.rows);
        expect(after.rows).toHaveLength(drawn.length);
        expect(after.summary.delimiter).toBe(how.delimiter);
        if (how.encoding !== "windows-1252") expect(after.summary.encoding).toBe(how.encoding);
      }),
      { numRuns: 150 },
    );
  });

  test("its rows stay the same in a workbook, whether its dates become true dates or stay text", async () => {
    const trueDate = (cell: string) => {
      const [, day, month, year, clock] = /^(\d\d)\/(\d\d)\/(\d{4}) (.+)$/.exec(cell) ?? [];
      return day === undefined ? cell : date(`${year}-${month}-${day} ${clock}`);
    };
    const writing = fc.record({ isInline: fc.boolean(), isTrue: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(people, writing, async (drawn, { isInline, isTrue }) => {
        const rows = [header, ...drawn.map(cellsOf)];
        const before = await attendanceOf(write(rows, plain));
        const sheet = rows.map((row) => row.map((cell) => (isTrue ? trueDate(cell) : cell)));
        const after = await attendanceOf(xlsxOf({ a: sheet }, { isInline }));
        expect(after.rows.map(spoken)).toEqual(before.rows.map(spoken));
        expect(after.summary.people).toBe(before.summary.people);
      }),
      { numRuns: 100 },
    );
  });

  test("the order of its rows changes none of them", async () => {
    await fc.assert(
      fc.asyncProperty(
        people.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        async ([one, other]) => {
          const before = await attendanceOf(write([header, ...one.map(cellsOf)], plain));
          const after = await attendanceOf(write([header, ...other.map(cellsOf)], plain));
          expect(sorted(after.rows.map(spoken))).toEqual(sorted(before.rows.map(spoken)));
          expect(after.summary.people).toBe(before.summary.people);
        },
      ),
    );
  });

  test("a quiz reads the same with commas and with points", async () => {
    const answers = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 0, max: 1000 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(answers, async (drawn) => {
        const sheet = (mark: string) => [
          ["Timestamp", "Email Address", "Score"],
          ...drawn.map(([who, tenths]) => [
            "2026-09-24 10:00:00",
            `p${who}@x.id`,
            `${Math.floor(tenths / 10)}${mark}${tenths % 10} / 100`,
          ]),
        ];
        const points = await quizOf(write(sheet("."), plain));
        const commas = await quizOf(write(sheet(","), { ...plain, delimiter: ";" }));
        expect(commas.rows).toEqual(points.rows.map((row) => row));
        expect(points.rows.map(spokenScore)).toEqual(
          drawn.map(([who, tenths]) => ` <p${who}@x.id> ${tenths / 10}/100`),
        );
      }),
    );
  });
});

const seeds: readonly (readonly [string, (content: Buffer) => Promise<unknown>])[] = [
  [
    'Attendee Report,\nReport Generated:,"Sep 25, 2026 6:26 PM"\nTopic,Webinar ID,Actual Start Time\nB,8,"Sep 24, 2026 8:13 AM"\nHost Details,\nAttended,User Name (Original Name),Email,Join Time,Leave Time\nYes,Host,h@x.id,"Sep 24, 2026 08:13:27","Sep 24, 2026 12:55:19"\nAttendee Details\nAttended,User Name (Original Name),Email,Registration Time,Join Time,Leave Time\nNo,Ana,a@x.id,09/20/2026 10:00,--,--\n',
    attendanceOf,
  ],
  ["Name (original name),Email,Total duration (minutes)\nAna,,76\nBudi,b@x.id,5\n", attendanceOf],
  [
    'Timestamp,Email Address,Score,Nama\n24/9/2026 10:25:41,a@x.id,8 / 10,"Dr. Ana, M.A."\n24/9/2026 10:25:41,b@x.id,"7,5 / 10",Budi\n',
    quizOf,
  ],
  [
    'Surname,"First name","Email address",State,Completed,"Grade/10,00"\nAnto,Budi,b@x.id,Finished,"1 November 2026  1:39 PM","7,50"\n',
    quizOf,
  ],
  [
    'Timestamp,Email Address,Nama Lengkap,NIP\n24/09/2026 09:00:00,a@x.id,"Ana","=""199001012020011009"""\n',
    presenceOf,
  ],
  [
    '#,User Name,User Email,Submitted Date/Time,\n1,Ana,a@x.id,"Sep 24, 2026 09:00:00",Q?,A,R?,B;C,\n#,User Name,User Email,Submitted Time (Asia/Jakarta),Question,Answer\n1,Budi,b@x.id,09/24/2026 09:00:00 AM,Q?,A\n',
    (content) => answersOf("Q?: A\nR?: { all: [B, C] }\n", [content]),
  ],
  [
    "Hasil\nNama;Surel;NIP;Nilai\nBudi;b@x.id;199001012020011009;7,5\n",
    (content) => quizOf(content, { columns: { name: "nama", score: "NILAI" }, max: 10 }),
  ],
  ["Nama;Email;NIP;Instansi\nBudi;b@x.id;199001012020011009;Dinas\n", (content) => rosterOf(content)],
];

const bits = [
  '"',
  ",",
  ";",
  "\t",
  "\n",
  "\r",
  "\0",
  "/",
  ":",
  "24",
  "0",
  "-",
  " ",
  "é",
  "\ufeff",
  "\u202e",
  "E+17",
  "__proto__",
  "\xff\xfe",
];

describe("a damaged file", () => {
  test.each(seeds)("ends in rows or in faults, never in a crash: %#", async (seed, read) => {
    const change = fc.record({ at: fc.nat(seed.length), cut: fc.nat(6), put: fc.constantFrom(...bits, "") });
    const damaged = fc.tuple(
      fc.array(change, { minLength: 1, maxLength: 5 }),
      fc.constantFrom<BufferEncoding>("utf8", "latin1", "utf16le"),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async ([changes, encoding]) => {
        let text = seed;
        for (const { at, cut, put } of changes) text = text.slice(0, at) + put + text.slice(at + cut);
        try {
          await read(Buffer.from(text, encoding));
        } catch (error) {
          if (!(error instanceof Fault || error instanceof Faults)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("ends in rows or in faults also if it is a workbook", async () => {
    const whole = xlsxOf({
      a: [
        ["Name (original name)", "Email", "Join time", "Leave time"],
        ["Budi", "b@x.id", date("2026-09-24 08:30:00"), date("2026-09-24 09:30:00")],
      ],
    });
    const parts = unzipSync(whole);
    const names = Object.keys(parts);
    const change = fc.record({
      at: fc.nat(1200),
      cut: fc.nat(8),
      put: fc.constantFrom(...bits, "<", ">", "</row>", '<c r="', "&#0;", ""),
    });
    const damage = fc.record({
      part: fc.constantFrom(...names),
      changes: fc.array(change, { maxLength: 4 }),
      byte: fc.nat(whole.length - 1),
      value: fc.nat(255),
    });
    await fc.assert(
      fc.asyncProperty(damage, fc.boolean(), async ({ part, changes, byte, value }, isInside) => {
        let damaged = new Uint8Array(whole);
        if (isInside) {
          let text = strFromU8(parts[part] ?? new Uint8Array());
          for (const { at, cut, put } of changes) text = text.slice(0, at) + put + text.slice(at + cut);
          damaged = new Uint8Array(zipSync({ ...parts, [part]: strToU8(text) }));
        } else damaged[byte] = value;
        try {
          const { rows } = await attendanceOf(damaged);
          expect(rows.length).toBeLessThan(3);
        } catch (error) {
          if (!(error instanceof Fault || error instanceof Faults)) throw error;
        }
      }),
      { numRuns: 1500 },
    );
  });
});
