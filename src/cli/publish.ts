import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { hexOf } from "../credential/hex.js";
import { isSameAddress } from "../credential/link.js";
import { canonicalRecord, hashRecord, parseRecord } from "../credential/record.js";
import { recordOf } from "../issue/record.js";
import { Fault } from "../model/fault.js";
import { Register } from "../register/register.js";
import { type Publication, siteFiles } from "../site/files.js";
import { pageFiles, singleFile } from "../site/page.js";
import { sweepDrafts, syncAll, writeWhole } from "./draft.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";
import { parseDay } from "./keyRotate.js";
import { issuerKeys } from "./keyring.js";
import { openSigningKey } from "./signingKey.js";
import { answer, note } from "./talk.js";

export interface PublishOptions {
  readonly out?: string;
  readonly singleFile?: string;
  readonly date?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus publish`: the static site that checks certificates, to be laid under the verification address. */
export async function publish(argument: string | undefined, options: PublishOptions): Promise<number> {
  const folder = openEventFolder(argument);
  const key = await openSigningKey(folder);
  const publication = await gather(folder, options.date ?? new Date().toISOString().slice(0, 10));
  const facts = await siteFiles(publication, key);
  const { language } = folder.event.config.event;
  const heading = { issuer: folder.event.config.issuer.name, language, url: publication.url };
  if (options.singleFile !== undefined) {
    const file = resolve(options.singleFile);
    write(file, Buffer.from(singleFile(heading, facts)));
    guarded(file, () => syncAll(dirname(file), () => [file]));
    await answer(options.json ? json({ file: shownPath(file) }) : `${shownPath(file)}\n`);
    return 0;
  }
  const out = options.out === undefined ? join(folder.dir, "site") : resolve(options.out);
  refuseSecrets(out, folder);
  refuseOtherRegister(out, folder);
  const files = new Map<string, string | Uint8Array>([...pageFiles(heading), ...facts]);
  await tell(out, publication, lay(out, files), options);
  // an earlier version told the facts of an event in the clear, under their hash
  for (const record of publication.records)
    rmSync(join(out, "e", `${hexOf(await hashRecord(record))}.json`), { force: true });
  return 0;
}

async function gather(folder: EventFolder, date: string): Promise<Publication> {
  parseDay(date);
  const { url } = folder.event.config.verify;
  const register = Register.read(resolve(folder.dir, folder.event.config.register));
  try {
    register?.admit();
    register?.admitText("withdrawn");
    const issued = (register?.records() ?? []).map((text) => parseRecord(text, { file: "register" }));
    const own = recordOf(folder.event);
    const known = new Map([own, ...issued].map((record) => [canonicalRecord(record), record]));
    return {
      url,
      date,
      keys: await issuerKeys(folder, register),
      records: [...known.values()].filter((record) => isSameAddress(record.verify, url)),
      withdrawals: register?.withdrawals() ?? new Map(),
      highestIndex: register?.highestIndex() ?? -1,
      log: register?.logHead() ?? { size: 0, head: "0".repeat(64) },
    };
  } finally {
    register?.close();
  }
}

/** A web host shows whatever lies in the folder. */
function refuseSecrets(out: string, folder: EventFolder): void {
  const { config } = folder.event;
  const { pkcs12 } = config.signing ?? {};
  const secrets = [
    config.issuer.key,
    config.register,
    config.output,
    ...(pkcs12 === undefined ? [] : [pkcs12]),
  ];
  for (const path of secrets) {
    const inside = relative(out, resolve(folder.dir, path));
    if (inside.startsWith("..") || resolve(inside) === inside) continue;
    throw new Fault("site-unsafe", `"${path}" of the event lies in the folder to be published`, {
      place: { file: shownPath(out) },
      hints: ["publish into a folder of its own: --out site"],
    });
  }
}

/**
 * A register that does not continue the one that was published last is another, or has lost its end: publishing
 * from it would call withdrawn certificates genuine again.
 */
function refuseOtherRegister(out: string, folder: EventFolder): void {
  const file = join(out, "register.json");
  if (!existsSync(file)) return;
  const { size, head } = JSON.parse(readFileSync(file, "utf8"));
  if (size === 0) return;
  const path = resolve(folder.dir, folder.event.config.register);
  const register = Register.read(path);
  const found = register?.headAt(size) ?? null;
  register?.close();
  if (found === head) return;
  throw new Fault(
    "register-other",
    "the register does not continue the one that this site was published from",
    {
      place: { file: shownPath(path) },
      hints: [
        "if it has lost entries, restore it from a copy; one verification address belongs to one register",
        "for a register of its own, publish into another folder and under another address",
      ],
    },
  );
}

/** Writes what is new or different. Nothing is taken away: what was published once may be asked for ever. */
function lay(out: string, files: ReadonlyMap<string, string | Uint8Array>): number {
  const written: string[] = [];
  const swept = new Set<string>();
  for (const [path, content] of files) {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const file = join(out, path);
    if (existsSync(file) && sha256(readFileSync(file)) === sha256(bytes)) continue;
    write(file, bytes, swept);
    written.push(file);
  }
  if (written.length > 0) guarded(out, () => syncAll(out, () => written));
  return written.length;
}

/**
 * Whole or not at all: a page that is being read must never be half a page.
 *
 * @param swept folders that have been looked through for what a killed run left
 */
function write(file: string, bytes: Uint8Array, swept = new Set<string>()): void {
  guarded(file, () => {
    const folder = dirname(file);
    if (!swept.has(folder) && mkdirSync(folder, { recursive: true }) === undefined) sweepDrafts(folder);
    swept.add(folder);
    writeWhole(file, bytes);
  });
}

function guarded(file: string, use: () => void): void {
  try {
    use();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("site-unwritable", `the site cannot be written (${why})`, {
      place: { file: shownPath(file).split(sep).join("/") },
      cause,
    });
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function tell(
  out: string,
  publication: Publication,
  written: number,
  options: PublishOptions,
): Promise<void> {
  const { url, records, withdrawals, date } = publication;
  if (options.json) {
    const said = {
      out: shownPath(out),
      url,
      date,
      events: records.length,
      withdrawn: withdrawals.size,
      written,
    };
    await answer(json(said));
    return;
  }
  await answer(`${shownPath(out)}\n`);
  note(
    `${records.length} ${records.length === 1 ? "event" : "events"}, ${withdrawals.size} withdrawn; ${written} files written`,
    {
      quiet: options.quiet ?? false,
    },
  );
  note(`lay the folder under ${url}, on any web host`, { quiet: options.quiet ?? false });
}

function json(members: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ schema: "lulus.publish/1", ...members })}\n`;
}
