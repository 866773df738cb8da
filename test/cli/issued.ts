import { join } from "node:path";
import { Register } from "../../src/register/register.js";
import type { BatchRow, Registered } from "../../src/register/rows.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

/** The small event with its certificates, and what its register holds. Whoever asks closes the register. */
export interface Issued {
  readonly folder: string;
  readonly register: Register;
  readonly batch: BatchRow;
  readonly certificates: readonly [Registered, Registered];
}

export async function issuedEvent(): Promise<Issued> {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  await lulus(["issue", folder]);
  const register = Register.read(join(folder, "lulus.db"));
  const [batch] = register?.batches("coba-1") ?? [];
  const [first, second] = register?.certificates("coba-1") ?? [];
  if (register === null || batch === undefined || first === undefined || second === undefined)
    throw new Error("nothing was issued");
  return { folder, register, batch, certificates: [first, second] };
}
