import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseHex } from "../../credential/hex.js";
import { needsPassphrase } from "../../credential/key.js";
import { parsePublicKeys } from "../../credential/keyset.js";
import { noticePath } from "../../credential/notice.js";
import { parseStatusList } from "../../credential/statusList.js";
import { Fault } from "../../model/fault.js";
import { Register } from "../../register/register.js";
import { keysOnSite, type Site } from "../../verify/site.js";
import { type EventFolder, isFolder, shownPath } from "../eventFolder.js";
import { issuerKeys } from "../keyring.js";
import { openSite } from "../openSite.js";
import { keyPath, readKeyFile, refuseExposed } from "../signingKey.js";
import { type Finding, look, ok, problem, warning } from "./finding.js";
import { isWritable } from "./machine.js";

/** The signing key, as far as it can be seen without opening it. */
export async function lookAtKey(folder: EventFolder): Promise<Finding[]> {
  return await look("key", async () => {
    const inEnvironment = process.env.LULUS_KEY;
    const path = keyPath(folder);
    const file = inEnvironment ? "LULUS_KEY" : shownPath(path);
    const text = inEnvironment || readKeyFile(path);
    if (!inEnvironment) refuseExposed(path);
    const [key] = await parsePublicKeys(text, { file });
    const isEncrypted = needsPassphrase(text);
    const said = `${file}: ${key?.kid}${isEncrypted ? ", with a passphrase" : ""}`;
    const isUnattended =
      isEncrypted && !process.env.LULUS_KEY_PASSPHRASE && !process.env.LULUS_KEY_PASSPHRASE_FILE;
    if (isUnattended && process.env.CI)
      return [
        problem(
          "key",
          `${said}, and nobody to ask for it`,
          "give it in LULUS_KEY_PASSPHRASE_FILE or LULUS_KEY_PASSPHRASE",
        ),
      ];
    return [ok("key", said)];
  });
}

/** What was issued, if anything was. */
export async function lookAtRegister(folder: EventFolder): Promise<Finding[]> {
  return await look("register", () => {
    const path = resolve(folder.dir, folder.event.config.register);
    const shown = shownPath(path);
    const home = dirname(path);
    if (!isFolder(home))
      return [
        problem(
          "register",
          `${shown}: there is no folder ${shownPath(home)}`,
          "make the folder, or correct `register`",
        ),
      ];
    // the journal of a change lies beside the register
    if (!isWritable(home) || (existsSync(path) && !isWritable(path)))
      return [
        problem("register", `${shown} cannot be written to`, "let yourself write there, the folder included"),
      ];
    const register = registerHere(folder);
    if (register === null) return [ok("register", `${shown} will be made by the first issue`)];
    if (register === "older")
      return [ok("register", `${shown}: of an earlier lulus; the next issue brings it up to date`)];
    try {
      const here = register.countOf(folder.event.config.event.id);
      const gone = register.withdrawals().size;
      return [
        ok(
          "register",
          `${shown}: ${here} issued for this event, ${register.count} in all, ${gone} withdrawn`,
        ),
      ];
    } finally {
      register.close();
    }
  });
}

/** @throws Fault for one that cannot be used */
function registerHere({ dir, event }: EventFolder): Register | null | "older" {
  try {
    return Register.read(shownPath(resolve(dir, event.config.register)));
  } catch (error) {
    if (error instanceof Fault && error.code === "register-older") return "older";
    throw error;
  }
}

/** The folder that was published beside the event, if there is one. */
export async function lookAtSite(folder: EventFolder, now: Date): Promise<Finding[]> {
  const dir = join(folder.dir, "site");
  if (!isFolder(dir)) return [];
  return await look("site", async () => await compare("site", openSite(dir), shownPath(dir), folder, now));
}

/** What lies under the address of the QR codes: the one look that needs a network. */
export async function lookOnline(folder: EventFolder, now: Date): Promise<Finding[]> {
  const { url } = folder.event.config.verify;
  try {
    return await look("online", async () => await compare("online", openSite(url), url, folder, now));
  } catch (error) {
    const why =
      error instanceof Error
        ? error.cause instanceof Error
          ? error.cause.message
          : error.message
        : String(error);
    return [
      problem(
        "online",
        `${url} does not answer as it should (${why})`,
        "lay the folder that `lulus publish` makes there, and try it in a browser",
      ),
    ];
  }
}

const publish = "run `lulus publish`, and lay the folder under the address";
const WARNING_DAYS = 30;
const DAY = 86_400_000;

/** Whether a site tells what the event's keys and register say now. */
async function compare(
  check: string,
  site: Site,
  shown: string,
  folder: EventFolder,
  now: Date,
): Promise<Finding[]> {
  const register = registerHere(folder);
  // what was withdrawn is known again when it has been brought up to date
  if (register === "older") return [];
  try {
    const own = await issuerKeys(folder, register);
    const there = new Set((await keysOnSite(site)).map(({ kid }) => kid));
    const lacking = own.filter(({ kid }) => !there.has(kid)).map(({ kid }) => kid);
    if (lacking.length > 0) return [problem(check, `${shown} lacks the key ${lacking.join(", ")}`, publish)];
    const untold = [];
    for (const cti of register?.withdrawals().keys() ?? [])
      if ((await site.read(await noticePath(parseHex(cti)))) === null) untold.push(cti);
    if (untold.length > 0)
      return [
        problem(
          check,
          `${shown} does not tell yet of ${untold.length} withdrawn since it was published`,
          publish,
        ),
      ];
    const json = await site.read("status/0.json");
    if (json === null) return [problem(check, `${shown} has no status list`, publish)];
    const { validFrom, validUntil } = await parseStatusList(json, own, {
      file: `${site.name}/status/0.json`,
    });
    const days = Math.floor((Date.parse(validUntil) - now.getTime()) / DAY);
    if (days < 0)
      return [
        problem(check, `the status list of ${shown} is too old since ${validUntil.slice(0, 10)}`, publish),
      ];
    const said = `${shown}: published ${validFrom.slice(0, 10)}, good until ${validUntil.slice(0, 10)}`;
    return [days < WARNING_DAYS ? warning(check, said, publish) : ok(check, said)];
  } finally {
    register?.close();
  }
}
