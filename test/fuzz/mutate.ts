import { at, type Random } from "../world/random.js";

/** What befalls files: one row per kind of damage. Each gives new bytes; none is told what the file means. */
type Damage = (bytes: Buffer, random: Random, others: readonly Buffer[]) => Buffer;

const hostile = [
  "\0",
  "\r",
  "\n",
  "\r\n",
  '"',
  '""',
  ",",
  ";",
  "\t",
  "=",
  "'",
  "\ufeff",
  "\ufffd",
  "\u202e",
  "\u200b",
  "\u0301",
  "é",
  "ﬁ",
  "İ",
  "😀",
  "\u2028",
  "\u001b[31m",
  "__proto__",
  "constructor",
  "../../x",
  "<script>",
  "1,99001E+17",
  "NaN",
  "Infinity",
  "-0",
  "1e999",
  "99999999999999999999",
  "24/13/2026",
  "31/02/2026 10:00:00",
  "0000-00-00",
  "12:99 PM",
  "1/1/1 1:1",
  "--",
  "#N/A",
  "Host Details",
  "Attended",
  "Join Time,Leave Time,Name",
];

const damages: Readonly<Record<string, Damage>> = {
  "bits flipped": (bytes, random) =>
    repeat(bytes, random, 8, (copy) => {
      const place = random.integer(0, Math.max(0, copy.length - 1));
      copy[place] = (copy[place] ?? 0) ^ (1 << random.integer(0, 7));
      return copy;
    }),
  "bytes put in": (bytes, random) =>
    repeat(bytes, random, 6, (copy) => splice(copy, spot(copy, random), 0, noise(random))),
  "bytes taken out": (bytes, random) =>
    repeat(bytes, random, 6, (copy) => splice(copy, spot(copy, random), random.integer(1, 12))),
  "the end cut off": (bytes, random) => bytes.subarray(0, spot(bytes, random)),
  "the start cut off": (bytes, random) => bytes.subarray(spot(bytes, random)),
  "lines shuffled": (bytes, random) => byLines(bytes, (lines) => random.shuffle(lines)),
  "lines dropped": (bytes, random) => byLines(bytes, (lines) => lines.filter(() => !random.chance(0.2))),
  "lines twice": (bytes, random) =>
    byLines(bytes, (lines) => lines.flatMap((line) => (random.chance(0.2) ? [line, line] : [line]))),
  "a line cut in two": (bytes, random) =>
    repeat(bytes, random, 4, (copy) => splice(copy, spot(copy, random), 0, Buffer.from("\n"))),
  "something hostile put in": (bytes, random) =>
    repeat(bytes, random, 6, (copy) =>
      splice(copy, spot(copy, random), 0, Buffer.from(random.pick(hostile))),
    ),
  "a cell replaced": (bytes, random) =>
    repeat(bytes, random, 6, (copy) => replaceCell(copy, random, Buffer.from(random.pick(hostile)))),
  "a cell emptied": (bytes, random) =>
    repeat(bytes, random, 12, (copy) => replaceCell(copy, random, Buffer.alloc(0))),
  "a huge cell": (bytes, random) =>
    replaceCell(
      bytes,
      random,
      Buffer.alloc(random.pick([300, 70_000, 1_200_000]), random.pick(["x", "9", " ", '"', "/"])),
    ),
  "another delimiter": (bytes, random) =>
    swapped(bytes, random.pick([",", ";", "\t"]), random.pick([";", "\t", ",", "|"])),
  "quotes gone": (bytes) => swapped(bytes, '"', ""),
  "decimal commas": (bytes) =>
    Buffer.from(bytes.toString("latin1").replace(/(\d)\.(\d)/g, "$1,$2"), "latin1"),
  "line ends changed": (bytes, random) =>
    Buffer.from(
      bytes.toString("latin1").replace(/\r?\n/g, () => random.pick(["\n", "\r\n", "\r", "\n\n"])),
      "latin1",
    ),
  "carriage returns only": (bytes) => Buffer.from(bytes.toString("latin1").replace(/\r?\n/g, "\r"), "latin1"),
  "as UTF-16": (bytes, random) => {
    const text = `${random.chance(0.7) ? "\ufeff" : ""}${bytes.toString("utf8").replace("\ufeff", "")}`;
    const little = Buffer.from(text, "utf16le");
    return random.chance(0.5) ? little : little.swap16();
  },
  "as Windows-1252": (bytes) => Buffer.from(bytes.toString("utf8"), "latin1"),
  "decoded twice": (bytes) => Buffer.from(bytes.toString("latin1"), "utf8"),
  "a byte-order mark": (bytes, random) =>
    Buffer.concat(
      [
        random
          .pick([
            [0xef, 0xbb, 0xbf],
            [0xff, 0xfe],
            [0xfe, 0xff],
          ])
          .map(Number),
        bytes,
      ].map((part) => Buffer.from(part)),
    ),
  "a byte-order mark inside": (bytes, random) => splice(bytes, spot(bytes, random), 0, Buffer.from("\ufeff")),
  "letters cut in half": (bytes, random) =>
    byLines(bytes, (lines) =>
      lines.map((line) => (random.chance(0.3) ? line.replace(/[\x80-\xff]$|\xc3/, "") : line)),
    ),
  "another file behind it": (bytes, random, others) => Buffer.concat([bytes, random.pick(others)]),
  "half of another file": (bytes, random, others) => {
    const other = random.pick(others);
    return Buffer.concat([bytes.subarray(0, spot(bytes, random)), other.subarray(spot(other, random))]);
  },
  "the header damaged": (bytes, random) =>
    byLines(bytes, (lines) => {
      const line = random.integer(0, Math.min(lines.length - 1, 12));
      lines[line] = damageLine(lines[line] ?? "", random);
      return lines;
    }),
  "the header gone": (bytes, random) => byLines(bytes, (lines) => lines.slice(random.integer(1, 8))),
  "the header once more": (bytes, random) =>
    byLines(bytes, (lines) => {
      lines.splice(
        random.integer(0, lines.length),
        0,
        lines[random.integer(0, Math.min(10, lines.length - 1))] ?? "",
      );
      return lines;
    }),
  "a column gone": (bytes, random) => byColumns(bytes, random, (cells, column) => cells.toSpliced(column, 1)),
  "a column twice": (bytes, random) =>
    byColumns(bytes, random, (cells, column) => cells.toSpliced(column, 0, cells[column] ?? "")),
  "two columns exchanged": (bytes, random) =>
    byColumns(bytes, random, (cells, column) => {
      const [a = "", b = ""] = [cells[column], cells[column + 1]];
      return cells.toSpliced(column, 2, b, a);
    }),
  "dates scrambled": (bytes, random) =>
    Buffer.from(
      bytes
        .toString("latin1")
        .replace(/\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}/g, (date) =>
          random.chance(0.3) ? scrambled(date, random) : date,
        ),
      "latin1",
    ),
  "clocks scrambled": (bytes, random) =>
    Buffer.from(
      bytes
        .toString("latin1")
        .replace(/\d{1,2}:\d{2}(:\d{2})?/g, (clock) =>
          random.chance(0.2) ? `${random.integer(0, 30)}:${random.integer(0, 70)}` : clock,
        ),
      "latin1",
    ),
  "numbers scrambled": (bytes, random) =>
    Buffer.from(
      bytes
        .toString("latin1")
        .replace(/\d+/g, (digits) => (random.chance(0.05) ? String(random.integer(-9, 10 ** 6)) : digits)),
      "latin1",
    ),
  "blanks everywhere": (bytes, random) =>
    Buffer.from(
      bytes.toString("latin1").replace(/[,;]/g, (mark) => (random.chance(0.3) ? ` ${mark} ` : mark)),
      "latin1",
    ),
  "nothing but zeros at the end": (bytes, random) =>
    Buffer.concat([bytes, Buffer.alloc(random.integer(1, 5000))]),
  "padded with delimiters": (bytes, random) =>
    byLines(bytes, (lines) => lines.map((line) => line.replace(/\r?$/, ",".repeat(random.integer(0, 9))))),
};

const kinds = Object.keys(damages);

/** A damaged copy, and what was done to it: one to three things, by chance. */
export function mutate(
  bytes: Buffer,
  random: Random,
  others: readonly Buffer[],
): { readonly bytes: Buffer; readonly done: readonly string[] } {
  const done: string[] = [];
  let damaged: Buffer = Buffer.from(bytes);
  for (let left = random.integer(1, 3); left > 0; left -= 1) {
    const kind = random.pick(kinds);
    damaged = at(
      [damages[kind]].flatMap((damage) => damage ?? []),
      0,
    )(damaged, random, others);
    done.push(kind);
  }
  return { bytes: damaged, done };
}

function repeat(bytes: Buffer, random: Random, most: number, once: (copy: Buffer) => Buffer): Buffer {
  let copy: Buffer = Buffer.from(bytes);
  for (let left = random.integer(1, most); left > 0; left -= 1) copy = once(copy);
  return copy;
}

function spot(bytes: Buffer, random: Random): number {
  return random.integer(0, bytes.length);
}

function noise(random: Random): Buffer {
  return Buffer.from(Array.from({ length: random.integer(1, 8) }, () => random.integer(0, 255)));
}

function splice(bytes: Buffer, from: number, cut: number, put: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
}

function swapped(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString("latin1").replaceAll(from, to), "latin1");
}

/** As Latin-1, so that bytes stay what they are. */
function byLines(bytes: Buffer, change: (lines: string[]) => string[]): Buffer {
  return Buffer.from(change(bytes.toString("latin1").split("\n")).join("\n"), "latin1");
}

function byColumns(
  bytes: Buffer,
  random: Random,
  change: (cells: string[], column: number) => string[],
): Buffer {
  const column = random.integer(0, 8);
  return byLines(bytes, (lines) => lines.map((line) => change(line.split(","), column).join(",")));
}

function replaceCell(bytes: Buffer, random: Random, by: Buffer): Buffer {
  const from = bytes.indexOf(",", spot(bytes, random));
  if (from < 0) return Buffer.concat([bytes, by]);
  const to = bytes.indexOf(",", from + 1);
  return splice(bytes, from + 1, (to < 0 ? bytes.length : to) - from - 1, by);
}

function damageLine(line: string, random: Random): string {
  const cut = random.integer(0, line.length);
  return random.chance(0.5)
    ? line.slice(0, cut)
    : line.slice(0, cut) + random.pick(["#", '"', ",,", "é"]) + line.slice(cut + 2);
}

function scrambled(date: string, random: Random): string {
  return random.shuffle(date.split(/[/.-]/)).join(random.pick(["/", "-", ".", "//"]));
}
