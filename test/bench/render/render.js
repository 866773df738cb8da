// How fast certificates are rendered, start-up included, against what others do with the same paper, in one run.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measured, median, table } from "../measure.js";
import { writeEvent } from "./event.js";

export const options = {
  /** certificates of the event */
  count: { type: "string", default: "10000" },
  /** certificates of the event that shows how time and memory grow; 0 leaves it out */
  large: { type: "string", default: "100000" },
  /** files that each peer makes; its time for all of them is worked out from these */
  peer: { type: "string", default: "200" },
  /** how often each is measured; the median counts */
  times: { type: "string", default: "3" },
};

const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const lulus = fileURLToPath(new URL("../../../bin/lulus.js", import.meta.url));
const memory = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** One row per peer: what it is called, what it draws of the paper, and the package whose version is told. */
const peers = [
  {
    name: "pdf-lib as most use it",
    script: "pdfLib.js",
    package: "pdf-lib",
    draws:
      "the artwork as the page that is loaded; it loses letters of the name where it cuts down that font",
  },
  {
    name: "pdf-lib, all shared",
    script: "pdfLibShared.js",
    package: "pdf-lib",
    draws: "the artwork as a form; it loses the same letters",
  },
  {
    name: "@pdfme/generator",
    script: "pdfme.js",
    package: "@pdfme/generator",
    draws: "the artwork as its base PDF",
  },
  {
    name: "pdfkit",
    script: "pdfkit.js",
    package: "pdfkit",
    draws: "the artwork as a JPEG of 150 dpi, since it draws no PDF",
  },
  {
    name: "Typst for Node",
    script: "typst.js",
    package: "@myriaddreamin/typst-ts-node-compiler",
    draws: "the artwork as a page of the PDF",
  },
];

export async function run(values) {
  const [count, large, peer, times] = ["count", "large", "peer", "times"].map((name) => Number(values[name]));
  const [fast, disk] = [
    mkdtempSync(join(memory, "lulus-render-")),
    mkdtempSync(join(tmpdir(), "lulus-render-")),
  ];
  try {
    const event = await issued(join(fast, "event"), count);
    const ways = waysOf({ event, fast, disk, count, peer });
    const found = await interleaved(ways, times);
    report(found, event, count);
    if (large > 0) await growth(join(fast, "large"), large, count, found);
  } finally {
    for (const folder of [fast, disk]) rmSync(folder, { recursive: true, force: true });
  }
}

/** An event with its register, and how long it took to get there. */
async function issued(folder, count) {
  mkdirSync(folder);
  await writeEvent(folder, count);
  await measured(lulus, ["key", "create", folder, "--no-passphrase", "--quiet"]);
  const check = await measured(lulus, ["check", folder, "--quiet"]);
  const issue = await measured(lulus, ["issue", folder, "--quiet"]);
  const output = join(folder, "certificates");
  const sample = join(output, readdirSync(output).find((file) => file.endsWith(".pdf")) ?? "");
  return {
    folder,
    check,
    issue,
    sample,
    size: statSync(sample).size,
    list: join(output, "certificates.csv"),
  };
}

/** Each way: how many files it makes when it is started with them, and its measure. */
function waysOf({ event, fast, disk, count, peer }) {
  const into = (place, use) => async () => {
    const out = join(place, "out");
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out);
    return await use(out);
  };
  const ours = (place, threads) =>
    into(place, (out) =>
      measured(lulus, ["render", event.folder, "--out", out, "--quiet", "--workers", String(threads)]),
    );
  const bare = (place, wish = "") =>
    into(place, (out) => measured(script("bare.js"), [event.sample, String(count), out, wish]));
  const all = (name, measure) => ({ name, measure });
  return [
    all("render, memory", ours(fast, 1)),
    all("render, memory, 2 threads", ours(fast, 2)),
    all("bare writing, memory", bare(fast)),
    all("render, disk", ours(disk, 1)),
    all("render, disk, 2 threads", ours(disk, 2)),
    all("bare writing, disk", bare(disk)),
    all("bare writing, disk, durable", bare(disk, "durable")),
    all(
      "one archive (--zip)",
      into(fast, (out) => measured(lulus, ["render", event.folder, "--zip", `${out}/a.zip`, "--quiet"])),
    ),
    all(
      "one PDF (--merge)",
      into(fast, (out) => measured(lulus, ["render", event.folder, "--merge", `${out}/a.pdf`, "--quiet"])),
    ),
    ...peers.map(({ name, script: file }) =>
      all(
        name,
        into(fast, (out) => scaled(script(file), event.list, peer, count, out)),
      ),
    ),
    all("lulus --version", () => measured(lulus, ["--version"])),
    all("an empty script", () => measured(script("empty.js"), [])),
  ];
}

/** Start-up once, and the time for each file as often as there are files. @throws if the peer does not run here */
async function scaled(file, list, peer, count, out) {
  const one = await measured(file, [list, "1", out]);
  const many = await measured(file, [list, String(peer), out]);
  const each = (many.seconds - one.seconds) / (peer - 1);
  return { seconds: one.seconds + each * (count - 1), peakMB: many.peakMB };
}

async function interleaved(ways, times) {
  const all = new Map(ways.map(({ name }) => [name, []]));
  const failed = new Set();
  for (let turn = 0; turn < times; turn += 1) {
    for (const { name, measure } of ways) {
      if (failed.has(name)) continue;
      try {
        all.get(name)?.push(await measure());
      } catch (error) {
        failed.add(name);
        console.log(
          `${name} does not run here: ${String(error instanceof Error ? error.message : error).split("\n")[1] ?? ""}`,
        );
      }
    }
  }
  return new Map(
    [...all]
      .filter(([, results]) => results.length > 0)
      .map(([name, results]) => [
        name,
        {
          seconds: median(results.map(({ seconds }) => seconds)),
          peakMB: median(results.map(({ peakMB }) => peakMB)),
        },
      ]),
  );
}

function report(found, event, count) {
  const versions = peers.map(({ package: name }) => {
    const path = new URL(`node_modules/${name}/package.json`, import.meta.url);
    return `${name} ${existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).version : "–"}`;
  });
  console.log(`${[...new Set(versions)].join(" · ")}\n`);
  console.log(
    "All draw one page of A4 with the fonts of `classic`, 14 lines of text and a QR code; beside ours, signed and",
  );
  console.log("read back, with a page's tags, metadata and the facts of the event:");
  for (const { name, draws } of peers) console.log(`  ${name}: ${draws}`);
  console.log("");
  const rate = (name) => count / (found.get(name)?.seconds ?? Number.NaN);
  const usual = rate(peers[0]?.name);
  const files = [...found].filter(([name]) => !/version|empty/.test(name));
  console.log(
    table([
      [`${count.toLocaleString("en")} certificates`, "a second", "× pdf-lib", "× bare", "peak MB"],
      ...files.map(([name, { peakMB }]) => {
        const place = name.includes("disk") ? "bare writing, disk, durable" : "bare writing, memory";
        const [own, toUsual, toBare] = [rate(name), rate(name) / usual, rate(name) / rate(place)];
        return [
          name,
          own.toFixed(own < 100 ? 1 : 0),
          toUsual.toFixed(1),
          toBare.toFixed(2),
          peakMB.toFixed(0),
        ];
      }),
    ]),
  );
  const { check, issue, size } = event;
  console.log(
    `check took ${check.seconds.toFixed(1)} s; issue ${issue.seconds.toFixed(1)} s, reading and deciding included\n`,
  );
  const best = Math.max(...peers.slice(1).map(({ name }) => rate(name) || 0), usual);
  const ours = (place) => Math.max(rate(`render, ${place}`), rate(`render, ${place}, 2 threads`));
  atLeast("in memory, against pdf-lib as most use it", ours("memory") / usual, 300);
  atLeast("in memory, against the best peer", ours("memory") / best, 30);
  atLeast(
    "on disk, against bare writing that is made durable, as ours is",
    ours("disk") / rate("bare writing, disk, durable"),
    0.9,
  );
  console.log(
    `       (against bare writing that a power cut takes away: ${(ours("disk") / rate("bare writing, disk")).toFixed(2)})`,
  );
  atMost("bytes of a file, in thousands", size / 1000, 60);
  const start = (name) => found.get(name)?.seconds ?? Number.NaN;
  atMost(
    "`lulus --version`, against an empty script",
    start("lulus --version") / start("an empty script"),
    1.5,
  );
}

/** Ten times as many: how much longer, how much more memory, and how far from the limit. */
async function growth(folder, large, count, found) {
  const event = await issued(folder, large);
  const out = join(folder, "out");
  const ways = new Map();
  for (const [name, threads] of [
    ["render, memory", "1"],
    ["render, memory, 2 threads", "2"],
  ]) {
    ways.set(name, await measured(lulus, ["render", folder, "--out", out, "--quiet", "--workers", threads]));
    rmSync(out, { recursive: true });
  }
  mkdirSync(out);
  const bare = await measured(script("bare.js"), [event.sample, String(large), out]);
  const rate = ({ seconds }) => (large / seconds).toFixed(0);
  console.log(`\n${large.toLocaleString("en")} certificates, a second: bare writing ${rate(bare)}`);
  for (const [name, way] of ways) console.log(`  ${name}: ${rate(way)}, ${way.peakMB.toFixed(0)} MB`);
  const best = Math.min(...[...ways.values()].map(({ seconds }) => seconds));
  atLeast("in memory, against bare writing", bare.seconds / best, 0.25);
  const times = large / count;
  for (const [name, way] of ways) {
    const small = found.get(name);
    atMost(`${times} × the certificates, ${name}: time`, way.seconds / small.seconds, 1.1 * times);
    atMost(`${times} × the certificates, ${name}: peak memory`, way.peakMB / small.peakMB, 1.2);
  }
}

function atLeast(what, value, bar) {
  console.log(`${value >= bar ? "ok   " : "UNDER"}  ${what}: ${value.toFixed(2)} (at least ${bar})`);
}

function atMost(what, value, bar) {
  console.log(`${value <= bar ? "ok   " : "OVER "}  ${what}: ${value.toFixed(2)} (at most ${bar})`);
}
