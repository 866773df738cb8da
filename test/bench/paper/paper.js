// Every certificate of a large event, read by programs that are not ours: whole for qpdf, small enough, name and number for
// pdftotext, the QR code for zbarimg as the list has its address; and the same bytes from one thread, from two, in other
// time zones, and when they are rendered again. Ends with 1 if anything differs.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { writeEvent } from "../render/event.js";
import { certificatesOf, qr } from "../render/paper.js";

export const options = {
  /** certificates of the event */
  count: { type: "string", default: "10000" },
  /** programs that read at the same time; as many as there are processors */
  readers: { type: "string", default: String(availableParallelism()) },
};

const execute = promisify(execFile);
const lulus = fileURLToPath(new URL("../../../bin/lulus.js", import.meta.url));
const MOST_BYTES = 60_000;
/** As fine as a good screen shows it. */
const DPI = 150;
/** Differences that are told one by one. */
const SHOWN = 20;

/** One row per way to come by the same files. */
const ways = [
  { name: "issued, in UTC", zone: "UTC", command: (folder) => ["issue", folder, "--quiet"] },
  ...[
    ["rendered by one thread, in Jakarta", "Asia/Jakarta", "1"],
    ["rendered by two threads, in New York", "America/New_York", "2"],
    ["rendered once more by two threads, in Kathmandu", "Asia/Kathmandu", "2"],
  ].map(([name, zone, workers]) => ({
    ...{ name, zone },
    command: (folder, out) => ["render", folder, "--out", out, "--quiet", "--workers", workers],
  })),
];

/** One row per program: what it must find in a file. Each answers with what is wrong, or nothing. */
const readers = {
  size: async ({ path }) => {
    const { size } = statSync(path);
    return size <= MOST_BYTES ? undefined : `${size} bytes`;
  },
  qpdf: async ({ path }) => {
    const { stdout, stderr } = await execute("qpdf", ["--check", path]);
    return stderr === "" && stdout.includes("No syntax or stream encoding errors found")
      ? undefined
      : stdout + stderr;
  },
  pdftotext: async ({ path, name, number }) => {
    const { stdout } = await execute("pdftotext", [path, "-"]);
    const words = (text) => text.normalize("NFC").replace(/\s+/g, " ");
    return [name, number].find((text) => !words(stdout).includes(words(text)));
  },
  zbarimg: async ({ path, url }) => {
    const dots = (points) => String(Math.round((points * DPI) / 72));
    const margin = 12;
    const crop = ["-x", dots(qr.x - margin), "-y", dots(qr.y - margin)];
    const size = ["-W", dots(qr.side + 3 * margin), "-H", dots(qr.side + 3 * margin)];
    const picture = await execute(
      "pdftoppm",
      ["-r", String(DPI), "-gray", "-f", "1", "-l", "1", ...crop, ...size, path],
      {
        encoding: "buffer",
      },
    );
    const reading = execute("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "pnm:-"]);
    reading.child.stdin.end(picture.stdout);
    const { stdout } = await reading;
    return stdout.trim() === url ? undefined : `it says ${stdout.trim() || "nothing"}`;
  },
};

export async function run(values) {
  const [count, hands] = [Number(values.count), Number(values.readers)];
  const folder = mkdtempSync(join(tmpdir(), "lulus-paper-"));
  try {
    const event = join(folder, "event");
    mkdirSync(event);
    await writeEvent(event, count);
    await spoken(lulus, ["key", "create", event, "--no-passphrase", "--quiet"], "UTC");
    const issued = join(event, "certificates");
    const wrong = [];
    let first;
    for (const [index, { name, zone, command }] of ways.entries()) {
      const out = join(folder, `out-${index}`);
      await spoken(lulus, command(event, out), zone);
      const hashes = hashesOf(index === 0 ? issued : out);
      first ??= hashes;
      const others = differences(first, hashes);
      console.log(
        `${others.length === 0 ? "ok   " : "WRONG"}  ${name}: ${hashes.size - 1} files and their list`,
      );
      wrong.push(...others.map((file) => `${name}: ${file} is another than in the first`));
      if (index > 0) rmSync(out, { recursive: true });
    }
    const certificates = certificatesOf(join(issued, "certificates.csv"), count).map((one) => ({
      ...one,
      path: join(issued, one.file),
    }));
    const found = await readAll(certificates, hands);
    for (const [program, flaws] of found) {
      const right = certificates.length - flaws.length;
      console.log(`${flaws.length === 0 ? "ok   " : "WRONG"}  ${program}: ${right} of ${count}`);
      wrong.push(...flaws);
    }
    for (const each of wrong.slice(0, SHOWN)) console.log(`  ${each}`);
    process.exitCode = wrong.length === 0 && certificates.length === count ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a command in a time zone. @throws Error if it does not end with 0 */
async function spoken(script, parameters, TZ) {
  await execute(process.execPath, [script, ...parameters], { env: { ...process.env, TZ, NO_COLOR: "1" } });
}

function hashesOf(folder) {
  return new Map(
    readdirSync(folder)
      .sort()
      .map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(join(folder, file)))
          .digest("hex"),
      ]),
  );
}

function differences(some, others) {
  return [...new Set([...some.keys(), ...others.keys()])].filter(
    (file) => some.get(file) !== others.get(file),
  );
}

/** What each program finds wrong, file by file. Several files are read at once. */
async function readAll(certificates, hands) {
  const found = new Map(Object.keys(readers).map((program) => [program, []]));
  const left = certificates.values();
  const hand = async () => {
    for (const certificate of left) {
      for (const [program, read] of Object.entries(readers)) {
        const flaw = await read(certificate).catch((error) => error.message);
        if (flaw !== undefined) found.get(program).push(`${certificate.file}: ${program}: ${flaw}`);
      }
    }
  };
  await Promise.all(Array.from({ length: hands }, hand));
  return found;
}
