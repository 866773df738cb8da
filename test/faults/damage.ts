import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../world/random.js";
import { type Ended, run } from "./command.js";
import { filesOf, violationsIn } from "./evidence.js";
import { finished, type Job, type Stage } from "./stage.js";
import type { Verdict } from "./trial.js";
import { flawsOfRefusal } from "./trial.js";

/** Damage to what lies still: what was done before is not there any more as it was. */

/**
 * A bit flipped, or the end cut off.
 *
 * @param among texts one of which is struck rather often: fonts take most of a register, and are asked only when used
 */
function damage(path: string, random: Random, among: readonly string[] = []): string {
  const { size } = statSync(path);
  if (random.chance(0.3)) {
    truncateSync(path, random.integer(0, size - 1));
    return "cut";
  }
  const bytes = readFileSync(path);
  const text = among.length > 0 && random.chance(0.7) ? bytes.indexOf(random.pick(among)) : -1;
  const at = text < 0 ? random.integer(0, size - 1) : text + random.integer(0, 40);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 7));
  writeFileSync(path, bytes);
  return "bit flipped";
}

/** Some files of an issued event are damaged or gone: the same command makes them whole. */
export async function damagedFiles(stage: Stage, job: Job, random: Random): Promise<Verdict> {
  const folder = finished(stage, job);
  const files = readdirSync(join(folder, "certificates"));
  const struck = Math.max(1, Math.ceil(files.length / 100));
  for (let count = 0; count < struck; count += 1) {
    const path = join(folder, "certificates", random.pick(files));
    if (statSync(path, { throwIfNoEntry: false }) === undefined) continue;
    if (random.chance(0.3)) rmSync(path);
    else damage(path, random);
  }
  const ended = await run(stage.program, folder, job.command);
  const violations = [
    ...flawsOfRefusal(ended),
    ...violationsIn(folder, job.before, job.after, { isDone: ended.status === 0, wasKilled: false }),
  ];
  rmSync(folder, { recursive: true });
  return {
    label: "files damaged",
    job: job.name,
    outcome: ended.status === 0 ? "healed" : "refused",
    violations,
  };
}

/** Commands that look at a register. */
const looking = [
  ["register", "list", "--json"],
  ["register", "show", "00001/gangguan-1/IX/2026"],
  ["register", "export"],
  ["register", "check"],
  ["render", "--shard", "1/2"],
  ["verify", "certificates", "--event", "."],
  ["publish", "--date", "2026-10-01"],
] as const;

/**
 * The register of an issued event is damaged. Either nothing is lost by it, or nothing is issued from it any more; and
 * whatever looks at it gives an answer or refuses in words.
 */
export async function damagedRegister(stage: Stage, job: Job, random: Random): Promise<Verdict> {
  const folder = finished(stage, job);
  const kind = damage(join(folder, "lulus.db"), random, textsOf(job));
  const before = filesOf(folder);
  const look = random.pick(looking);
  const looked = await run(stage.program, folder, look);
  const violations = flawsOfLooking(looked).map((flaw) => `lulus ${look.join(" ")}: ${flaw}`);
  const ended = await run(stage.program, folder, job.command);
  violations.push(...flawsOfRefusal(ended));
  if (ended.status === 0 && !isAsIssued(folder, job))
    violations.push("it went on from a register that is not as it was issued");
  const after = filesOf(folder);
  for (const [path, hash] of before)
    if (after.get(path) !== hash && hash === job.after.files.get(path)) violations.push(`it changed ${path}`);
  rmSync(folder, { recursive: true });
  return {
    label: `register ${kind}`,
    job: job.name,
    outcome: ended.status === 0 ? "nothing lost" : "refused",
    violations,
  };
}

/** Numbers, which stand in rows, in indexes and in the log, and files. */
function textsOf(job: Job): string[] {
  return (job.after.register?.certificates ?? []).flatMap(({ number, file, cti }) => [number, file, cti]);
}

function flawsOfLooking(ended: Ended): string[] {
  return ended.status === 0 || ended.status === 1 ? [] : flawsOfRefusal(ended);
}

const reader = `
import sqlite3, sys, hashlib
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
db.text_factory = bytes
hash = hashlib.sha256()
for table, order in [("batch", "id"), ("certificate", "id"), ("rendering", "certificate"), ("withdrawal", "certificate"),
                     ("issuer_key", "kid"), ("holder", "event, award, key, person"), ("log", "id")]:
    for row in db.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY {order}"): hash.update(repr(row).encode())
print(hash.hexdigest())
`;
const known = new Map<string, string>();

/** Whether every row is as it was, asked in another process and another SQLite: this one may not survive the question. */
function isAsIssued(folder: string, job: Job): boolean {
  const hashOf = (path: string) => {
    const { status, stdout } = spawnSync("python3", ["-c", reader, join(path, "lulus.db")], {
      encoding: "utf8",
    });
    return status === 0 ? stdout : null;
  };
  const whole = known.get(job.folder) ?? hashOf(`${job.folder}-whole`);
  if (whole === null) throw new Error("python3 with sqlite3 is needed");
  known.set(job.folder, whole);
  return hashOf(folder) === whole;
}
