// What a register costs that has grown over the years: each command on a large one against the same on a small one.
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measured, table } from "../measure.js";
import { writeEvent } from "../render/event.js";

export const options = {
  /** in the large register */
  certificates: { type: "string", default: "1000000" },
  /** in the small one */
  small: { type: "string", default: "10000" },
  /** where the registers are made, and kept if it is given: making a large one takes minutes */
  folder: { type: "string" },
};

const lulus = fileURLToPath(new URL("../../../bin/lulus.js", import.meta.url));
const filling = fileURLToPath(new URL("filling.js", import.meta.url));
const PEOPLE = 300;
/** A certificate takes so much of the disk. */
const BYTES = 4000;

/**
 * One row per command: what it is called with, and whether it must cost the same in a register of any size.
 */
const commands = {
  "issue, a new event of 300": { parameters: ["issue"], isConstant: true },
  "issue again": { parameters: ["issue"], isConstant: true },
  "register show NUMBER": { parameters: ["register", "show", "0007/arsip-00003/2018"], isConstant: true },
  "register show, a wrong number": {
    parameters: ["register", "show", "0007/arsip-0003/2018"],
    status: 2,
    isConstant: true,
  },
  "register list EVENT": { parameters: ["register", "list", "arsip-00003"], isConstant: true },
  "revoke one": { parameters: ["revoke", "0008/arsip-00003/2018", "--reason", "request"], isConstant: true },
  "reissue one": {
    parameters: ["reissue", "000042/ukur-3/IX/2026", "--name", "Siti Aminah"],
    isConstant: true,
  },
  publish: { parameters: ["publish", "--date", "2026-10-01"] },
  "register list, all": { parameters: ["register", "list", "--json"] },
  "register export": { parameters: ["register", "export", "--out", "register.jsonl"] },
  "register check": { parameters: ["register", "check"] },
};

export async function run(values) {
  const [small, large] = [Number(values.small), Number(values.certificates)];
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), "lulus-register-"));
  try {
    mkdirSync(folder, { recursive: true });
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < 2 * large * BYTES)
      throw new Error(`a register of ${large} needs ${Math.ceil((2 * large * BYTES) / 1e9)} GB in ${folder}`);
    const places = [
      await made(join(folder, String(small)), small),
      await made(join(folder, String(large)), large),
    ];
    const rows = [];
    for (const [name, command] of Object.entries(commands)) {
      const results = [];
      for (const place of places) results.push(await once(place, command));
      rows.push({ name, command, results });
      console.log(line(rows.at(-1)).join("  "));
    }
    console.log(`\n${table([["", `${small}: s`, "MB", `${large}: s`, "MB", "× time"], ...rows.map(line)])}`);
    for (const {
      name,
      command,
      results: [before, after],
    } of rows)
      if (command.isConstant) verdict(name, after.cpuSeconds / before.cpuSeconds);
  } finally {
    if (values.folder === undefined) rmSync(folder, { recursive: true });
  }
}

/** A register with an event beside it that has not been issued yet. */
async function made(place, count) {
  const register = join(place, "lulus.db");
  if (existsSync(register)) {
    console.log(
      `${count.toLocaleString("en")} certificates, ${Math.round(statSync(register).size / 1e6)} MB, made before`,
    );
    return place;
  }
  mkdirSync(place, { recursive: true });
  await writeEvent(place, PEOPLE);
  await measured(lulus, ["key", "create", place, "--no-passphrase"]);
  const { seconds } = await measured(filling, [place, String(count)]);
  const bytes = statSync(join(place, "lulus.db")).size;
  console.log(
    `${count.toLocaleString("en")} certificates, ${Math.round(bytes / 1e6)} MB, made in ${seconds.toFixed(0)} s`,
  );
  return place;
}

async function once(place, { parameters, status = 0 }) {
  const result = await measured(lulus, parameters, { cwd: place, status });
  return result;
}

const line = ({ name, results: [before, after] }) => [
  name,
  before.cpuSeconds.toFixed(2),
  before.peakMB.toFixed(0),
  after.cpuSeconds.toFixed(2),
  after.peakMB.toFixed(0),
  (after.cpuSeconds / before.cpuSeconds).toFixed(1),
];

function verdict(what, ratio) {
  const bar = 1.5;
  console.log(`${ratio <= bar ? "ok  " : "OVER"}  ${what}: ${ratio.toFixed(2)} × (at most ${bar} ×)`);
}
