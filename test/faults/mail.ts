import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createRandom, type Random } from "../world/random.js";

/*
 * `npm run faults -- mail [--people N] [--kills N] [--seed N] [--without GUARD]`: certificates by the thousand are mailed to
 * a server that refuses, drops and loses, while the process that sends is killed again and again. Counted by the
 * server: nobody gets two mails, nobody is lost, and what the register says is what the server knows.
 */

const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== "mail"),
  options: {
    people: { type: "string", default: "400" },
    kills: { type: "string", default: "12" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    /** a guard to be taken out of a copy of the build: the campaign has to find violations then */
    without: { type: "string" },
    /** an issued event of an earlier run, to be copied; made there if it is not there yet */
    event: { type: "string" },
  },
});

/** Shares of what goes wrong, at each try. */
const shares = {
  ...{ "450": 0.02, "550": 0.01, drop: 0.01, "421": 0.004 },
  ...{ data451: 0.01, data554: 0.005, lost: 0.005 },
};

interface Guard {
  readonly about: string;
  /** in `dist` */
  readonly file: string;
  /** what stands there, exactly once, and what stands there instead */
  readonly from: RegExp;
  readonly to: string;
}

/** One row per guard that is taken out to see that the campaign notices. */
const guards: Readonly<Record<string, Guard>> = {
  intent: {
    about: "what goes out is noted before it does",
    file: "cli/send/campaign.js",
    from: /await ledger\.note\(one\.certificate, \{ kind: "sending", detail \}\);/,
    to: "",
  },
  unknown: {
    about: "a mail whose answer was lost is not sent again",
    file: "send/outcome.js",
    from: /isBegun && isWhole \? \{ is: "unknown", answer \} :/,
    to: "",
  },
};

const compiled = fileURLToPath(new URL("../..", import.meta.url));
/** The project, wherever this was compiled to. */
const root = compiled.slice(0, compiled.indexOf("node_modules"));
const [people, kills] = [Number(values.people), Number(values.kills)];
const random = createRandom(Number(values.seed));
const scratch = mkdtempSync(join(tmpdir(), "lulus-mail-faults-"));

/** The program as it runs from its modules, in a copy where a guard is taken out. @returns its `bin/lulus.js` */
function program(without: string | undefined): string {
  if (without === undefined) return join(root, "bin", "lulus.js");
  const guard = guards[without];
  if (guard === undefined)
    throw new Error(`"${without}" is no guard; known: ${Object.keys(guards).join(", ")}`);
  const copy = join(scratch, "unguarded");
  mkdirSync(join(copy, "bin"), { recursive: true });
  for (const part of ["dist", "package.json"])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ["node_modules", "templates"]) symlinkSync(join(root, part), join(copy, part));
  const path = join(copy, "dist", guard.file);
  const pieces = readFileSync(path, "utf8").split(guard.from);
  if (pieces.length !== 2) throw new Error(`the guard stands ${pieces.length - 1} times in ${guard.file}`);
  writeFileSync(path, pieces.join(guard.to));
  const bin = join(copy, "bin", "lulus.js");
  writeFileSync(bin, 'await import("../dist/cli/main.js");\n');
  return bin;
}

/** An event in which everybody was given a certificate. */
function issued(): string {
  const event = values.event ?? join(scratch, "event");
  if (!existsSync(join(event, "lulus.db"))) {
    mkdirSync(event, { recursive: true });
    writeFileSync(
      join(event, "event.yaml"),
      `event:
  id: surat-1
  title: Surat yang Tidak Hilang
  timezone: Asia/Jakarta
  sessions: [{ id: main, start: 2026-09-24 08:30, end: 2026-09-24 11:30 }]
issuer: { name: Badan Pelatihan Aparatur }
inputs: { attendance: hadir.csv }
awards: [{ id: participant, when: { attendance: { min_percent: 75 } } }]
certificate: { number: "{seq:5}/{event.id}/{year}" }
verify: { url: https://sertifikat.badan.example/v }
`,
    );
    const rows = Array.from({ length: people }, (_, number) => {
      const name = [...String(number).padStart(5, "0")].map((digit) => "aeioubdgkl"[Number(digit)]).join("");
      return `Ayu ${name} Lestari,p${number}@x.example,"09/24/2026 08:20:00 AM","09/24/2026 11:31:00 AM",191,Yes`;
    });
    const head = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest";
    writeFileSync(join(event, "hadir.csv"), `${[head, ...rows].join("\n")}\n`);
    const lulus = (...words: string[]) =>
      execFileSync(process.execPath, [join(root, "bin", "lulus.js"), ...words, event, "-q"], {
        stdio: "ignore",
      });
    lulus("key", "create", "--no-passphrase");
    lulus("issue");
  }
  const copy = join(scratch, "sent");
  mkdirSync(copy);
  // the certificates are only read
  for (const part of ["event.yaml", "lulus.db"]) cpSync(join(event, part), join(copy, part));
  symlinkSync(join(event, "certificates"), join(copy, "certificates"));
  return copy;
}

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly log: string;
}

async function serve(): Promise<Server> {
  const log = join(scratch, "taken");
  writeFileSync(log, "");
  const told = { tls: "none", log, random: { seed: Number(values.seed), shares } };
  const script = join(root, "test", "send", "server.js");
  const child = spawn(process.execPath, [script, JSON.stringify(told)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = await once(child.stdout, "data");
  return { child, port: Number(port), log };
}

/** Begins to send, and kills it: mostly after some mails, at whatever it is then; now and then while it starts. */
async function killed(
  bin: string,
  event: string,
  { log }: Server,
  chance: Random,
  most: number,
): Promise<boolean> {
  const child = spawn(process.execPath, [bin, "send", event, "-q"], { stdio: "ignore" });
  const ended = once(child, "close");
  const size = () => statSync(log).size;
  const line = 150;
  const until = size() + chance.integer(0, most) * line;
  const deadline = Date.now() + (chance.chance(0.1) ? chance.integer(0, 1500) : 30_000);
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isOver && size() < until && Date.now() < deadline) await sleep(1);
  await sleep(chance.integer(0, 8));
  child.kill("SIGKILL");
  const [, signal] = await ended;
  return signal === "SIGKILL";
}

interface Told {
  readonly sent: number;
  readonly already: number;
  readonly problems: readonly { readonly email: string; readonly state: string }[];
}

async function finished(bin: string, event: string): Promise<Told> {
  for (let run = 0; ; run += 1) {
    const child = spawn(process.execPath, [bin, "send", event, "-q", "--json"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (piece) => {
      text += piece;
    });
    await once(child, "close");
    const told: Told = JSON.parse(text);
    if (run === 20 || !told.problems.some(({ state }) => state === "later" || state === "open")) return told;
  }
}

/** What must not be, in sentences. */
function violations(told: Told, log: string): string[] {
  const taken = new Map<string, number>();
  for (const line of readFileSync(log, "utf8").trim().split("\n"))
    for (const to of JSON.parse(line).to) taken.set(to, (taken.get(to) ?? 0) + 1);
  const state = new Map(told.problems.map(({ email, state: each }) => [email, each]));
  const found: string[] = [];
  let [sent, unknownTaken, unknownLost] = [0, 0, 0];
  for (let number = 0; number < people; number += 1) {
    const email = `p${number}@x.example`;
    const count = taken.get(email) ?? 0;
    const is = state.get(email) ?? "sent";
    if (count > 1) found.push(`${email} got ${count} mails (${is})`);
    if (is === "sent" && count === 0) found.push(`${email} counts as sent and got nothing`);
    if ((is === "bounced" || is === "later" || is === "open") && count > 0)
      found.push(`${email} got a mail and counts as ${is}`);
    if (!["sent", "unknown", "bounced"].includes(is)) found.push(`${email} is left ${is}`);
    if (is === "sent") sent += 1;
    if (is === "unknown" && count > 0) unknownTaken += 1;
    if (is === "unknown" && count === 0) unknownLost += 1;
  }
  const counted = (wanted: string) => told.problems.filter((each) => each.state === wanted).length;
  console.log(
    `  ${sent} sent, ${counted("bounced")} bounced, ${unknownTaken} unknown that the server has, ${unknownLost} unknown that it has not; ` +
      `the server took ${[...taken.values()].reduce((sum, count) => sum + count, 0)} mails for ${taken.size} people`,
  );
  return found;
}

const started = Date.now();
let server: Server | null = null;
try {
  const bin = program(values.without);
  const event = issued();
  server = await serve();
  const mail = {
    ...{ from: "Badan <kirim@badan.example>", smtp: `smtp://127.0.0.1:${server.port}`, insecure: true },
    ...{ per_minute: 100_000, connections: 4, retry_minutes: Array(8).fill(0.0005), timeout_seconds: 20 },
  };
  const file = join(event, "event.yaml");
  writeFileSync(file, `${readFileSync(file, "utf8")}mail: ${JSON.stringify(mail)}\n`);
  console.log(
    `mail: ${people} mails, ${kills} kills, seed ${values.seed}${values.without === undefined ? "" : `, without "${values.without}"`}; issued in ${seconds()} s`,
  );
  let felt = 0;
  const most = Math.ceil((2 * people) / (kills + 1));
  for (let kill = 0; kill < kills; kill += 1) {
    if (await killed(bin, event, server, random, most)) felt += 1;
    if (kill % 50 === 49)
      console.log(`  ${kill + 1} kills, ${statSync(server.log).size} bytes of log, ${seconds()} s`);
  }
  const found = violations(await finished(bin, event), server.log);
  const check = execFileSync(process.execPath, [join(root, "bin", "lulus.js"), "register", "check", event], {
    encoding: "utf8",
  });
  console.log(`  ${check.trim()}`);
  for (const each of found.slice(0, 10)) console.log(`VIOLATION ${each}`);
  console.log(`mail: ${felt} of ${kills} kills felt, ${found.length} violations, ${seconds()} s`);
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  server?.child.kill();
  rmSync(scratch, { recursive: true, force: true });
}

function seconds(): number {
  return Math.round((Date.now() - started) / 1000);
}
