import { readFileSync } from "node:fs";
import { z } from "zod";
import { isVerified } from "../credential/ed25519.js";
import { parseHex } from "../credential/hex.js";
import { parsePublicKeys } from "../credential/keyset.js";
import { Fault } from "../model/fault.js";
import type { Checkpoint } from "../register/inspect.js";
import type { Store } from "../register/store.js";
import { isFolder } from "./eventFolder.js";
import { openSite } from "./openSite.js";
import { note } from "./talk.js";

const published = z.object({
  v: z.literal(1),
  issuer: z.string(),
  size: z.int().nonnegative(),
  head: z.string().regex(/^[0-9a-f]{64}$/),
  date: z.string(),
  kid: z.string(),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

/**
 * How long the log was when the site was published last, and its head, as a key of the register has signed it.
 *
 * @param named a site's folder or address, or its `register.json`
 * @throws Fault if there is none, or it is not the issuer's
 */
export async function checkpointOf(named: string, store: Store): Promise<Checkpoint> {
  const text = await read(named);
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // told below, as any other file that is none of ours
  }
  const parsed = published.safeParse(json);
  if (!parsed.success) {
    throw new Fault(
      "checkpoint-malformed",
      "no checkpoint of a register; expected `size`, `head` and a signature",
      {
        place: { file: named },
        hints: ["name the site that `lulus publish` made, or its register.json"],
      },
    );
  }
  await admitSignature(parsed.data, named, store);
  return parsed.data;
}

async function read(named: string): Promise<string> {
  const isSite = isFolder(named) || /^https?:\/\/.*(?<!\.json)$/i.test(named);
  try {
    if (!isSite && !/^https?:/i.test(named)) return readFileSync(named, "utf8");
    const text = await openSite(named.replace(/register\.json$/, "")).read("register.json");
    if (text !== null) return text;
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("checkpoint-missing", `the checkpoint cannot be read (${why})`, {
      place: { file: named },
      cause,
    });
  }
  throw new Fault("checkpoint-missing", "the site has no register.json", { place: { file: named } });
}

async function admitSignature(
  { signature, ...body }: z.output<typeof published>,
  named: string,
  store: Store,
): Promise<void> {
  const { v, issuer, size, head, date, kid } = body;
  const rows = store.all("SELECT public FROM issuer_key WHERE kid = ?", kid);
  const [key] =
    rows.length === 0 ? [] : await parsePublicKeys(String(Object(rows[0]).public), { file: named });
  if (key === undefined) {
    note(`${named} is signed by the key ${kid}, which has signed nothing in this register`);
    return;
  }
  const signed = new TextEncoder().encode(
    `lulus checkpoint\n${JSON.stringify({ v, issuer, size, head, date, kid })}`,
  );
  if (await isVerified(parseHex(signature), signed, key.bytes)) return;
  throw new Fault("checkpoint-unsigned", "the checkpoint is not signed by the issuer", {
    place: { file: named },
  });
}
