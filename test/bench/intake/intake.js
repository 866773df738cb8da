// How fast exports are read and decided on, start-up included, and how memory and time grow.
import { mkdirSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measured, median, table } from "../measure.js";
import { writeEvent } from "./event.js";
import { writeParticipants } from "./participants.js";

export const options = {
  /** of the participants list */
  rows: { type: "string", default: "1000000" },
  /** in the participants list */
  people: { type: "string", default: "100000" },
  /** how often each is measured; the median counts */
  times: { type: "string", default: "3" },
};

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const lulus = fileURLToPath(new URL("../../../bin/lulus.js", import.meta.url));

export async function run(values) {
  const [rows, people, times] = [values.rows, values.people, values.times].map(Number);
  const folder = mkdtempSync(join(tmpdir(), "lulus-intake-"));
  try {
    await participants(join(folder, "participants"), { rows, people: Math.min(rows, people) }, times);
    await growth(folder, times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function participants(folder, { rows, people }, times) {
  mkdirSync(folder);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < rows * 150)
    throw new Error(`a list of ${rows} rows needs ${Math.ceil((rows * 150) / 1e9)} GB in ${folder}`);
  const [file, once] = [join(folder, "participants.csv"), join(folder, "once.csv")];
  await writeParticipants(file, { rows, people });
  await writeParticipants(once, { rows: people, people });
  const megabytes = Math.round(statSync(file).size / 1e6);
  console.log(`${spoken(rows)} rows of ${spoken(people)} people, ${megabytes} MB\n`);
  const [all, each] = [eventOf(folder, "participants.csv"), eventOf(folder, "once.csv")];
  const ways = {
    "csv-parse alone": [script("csvParse.js"), file],
    "lulus, the stage read": [script("readAlone.js"), file],
    "lulus check --json": [lulus, "check", all, "--json"],
    "… the same people, one row each": [lulus, "check", each, "--json"],
  };
  const results = await interleaved(ways, times);
  const [base, read, check, single] = Object.values(results);
  const line = (name, { seconds, peakMB }) => [
    name,
    seconds.toFixed(1),
    (seconds / base.seconds).toFixed(2),
    peakMB.toFixed(0),
  ];
  console.log(
    table([
      ["", "seconds", "× csv-parse", "peak MB"],
      ...Object.entries(results).map(([name, result]) => line(name, result)),
    ]),
  );
  verdict("reading against csv-parse alone", read.seconds / base.seconds, 3, "×");
  verdict("check against csv-parse alone", check.seconds / base.seconds, 3, "×");
  verdict("memory beyond the people themselves", check.peakMB - single.peakMB, 512, "MB");
  rmSync(folder, { recursive: true });
}

async function growth(folder, times) {
  const sizes = [20_000, 100_000, 200_000];
  const ways = {};
  const lines = [];
  for (const people of sizes) {
    const event = join(folder, String(people));
    mkdirSync(event);
    lines.push(await writeEvent(event, people));
    ways[spoken(people)] = [lulus, "check", event, "--json"];
  }
  const results = Object.values(await interleaved(ways, times));
  console.log(
    table([
      ["check, people", "rows", "seconds", "processor s", "peak MB"],
      ...results.map(({ seconds, cpuSeconds, peakMB }, index) => [
        spoken(sizes[index]),
        spoken(lines[index]),
        seconds.toFixed(1),
        cpuSeconds.toFixed(1),
        peakMB.toFixed(0),
      ]),
    ]),
  );
  const [small, middle, large] = results;
  verdict("check of 100,000 people", middle.seconds, 15, "s");
  verdict("20,000 → 200,000 people", large.seconds / small.seconds, 11, "×");
}

/** Each way once, then each again: what else the machine does then falls on all of them. */
async function interleaved(ways, times) {
  const all = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let turn = 0; turn < times; turn += 1) {
    for (const [name, [program, ...parameters]] of Object.entries(ways)) {
      all[name].push(await measured(program, parameters));
    }
  }
  const of = (results, figure) => median(results.map((result) => result[figure]));
  return Object.fromEntries(
    Object.entries(all).map(([name, results]) => [
      name,
      {
        seconds: of(results, "seconds"),
        cpuSeconds: of(results, "cpuSeconds"),
        peakMB: of(results, "peakMB"),
      },
    ]),
  );
}

function eventOf(folder, file) {
  const path = join(folder, file.replace(/\.csv$/, ".yaml"));
  writeFileSync(
    path,
    `event:
  id: ukur-2
  title: Pertemuan yang Diukur
  language: id
  timezone: Asia/Jakarta
  sessions: [{ id: main, start: 2026-09-24 08:30, end: 2026-09-24 11:30 }]
issuer: { name: Badan Pelatihan Aparatur }
inputs: { attendance: ${file} }
awards: [{ id: participant, when: { attendance: { min_percent: 75 } } }]
certificate: { number: "{seq:4}/{event.id}/{year}" }
verify: { url: https://s.example/v }
`,
  );
  return path;
}

function verdict(what, value, bar, unit) {
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(2);
  console.log(`${value <= bar ? "ok  " : "OVER"}  ${what}: ${shown} ${unit} (at most ${bar} ${unit})\n`);
}

function spoken(count) {
  return count.toLocaleString("en");
}
