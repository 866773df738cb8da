import { Fault } from "../../model/fault.js";
import type { HeldRegister } from "../../register/held.js";
import type { BatchRow, Registered, SignatureParts } from "../../register/rows.js";
import { breathe } from "../interrupt.js";
import { frozenOf, type Lend, materialOf, recordOf, unsignedLender } from "../material.js";
import { progress } from "../progress.js";
import type { Talk } from "../talk.js";
import { type Signer, STAMP_SLACK } from "./signer.js";

/** Certificates that are signed before the register is told; each time the disk is waited for. */
const SIGNED_AT_ONCE = 500;
/** Time stamps are dear, and so many are asked for at a time: few are lost by whatever happens. */
const STAMPED_AT_ONCE = 8;

/**
 * Signs what the register says is to be signed and is not yet, and notes each signature there: from then on a file's
 * bytes follow from the register alone, as those of all others do, and no key is needed. What was noted is kept, whatever
 * happens afterwards.
 *
 * @param openSigner asked only where something is to be signed
 * @throws Fault where there is no signer, or another than the one that the certificates name
 */
export async function signMissing(
  register: HeldRegister,
  event: string,
  openSigner: () => Promise<Signer | null>,
  talk: Talk,
): Promise<number> {
  const batches = batchesToSign(register, event);
  if (batches.length === 0) return 0;
  const signer = await openSigner();
  for (const { batch } of batches) admitSigner(signer, batch, event);
  if (signer === null) return 0;
  const total = batches.reduce((sum, { ids }) => sum + ids.length, 0);
  const bar = await progress("signatures", total, talk);
  try {
    const room = await signer.room();
    for (const { batch, ids } of batches) {
      const lend = unsignedLender(await materialOf(frozenOf(batch, register)));
      for (const some of parts(ids, signer.stamp === null ? SIGNED_AT_ONCE : STAMPED_AT_ONCE)) {
        await signSome(register, register.certificatesOf(some), lend, signer, room);
        bar.done(some.length);
        await breathe();
      }
    }
  } finally {
    bar.end();
  }
  return total;
}

interface ToSign {
  readonly batch: BatchRow;
  readonly ids: readonly number[];
}

function batchesToSign(register: HeldRegister, event: string): ToSign[] {
  return register
    .batches(event)
    .filter(({ basis }) => basis.signing !== undefined)
    .map((batch) => ({ batch, ids: register.unsigned(batch.id) }))
    .filter(({ ids }) => ids.length > 0);
}

/** Each certificate says by whom its file is signed: nobody else can. */
function admitSigner(signer: Signer | null, batch: BatchRow, event: string): void {
  const named = recordOf(batch).signature;
  if (named === undefined) throw new TypeError(`batch ${batch.id} names no signer`);
  if (signer === null) {
    throw new Fault("signing-missing", `certificates of "${event}" wait for their PDFs to be signed`, {
      hints: ["put `signing` back into the event file, as it was when they were issued"],
    });
  }
  const { certificate, level } = signer.record;
  if (certificate === named.certificate && level === named.level) return;
  const what =
    certificate === named.certificate
      ? `with level ${named.level}, not ${level}`
      : `by the certificate ${named.certificate.slice(0, 16)}…, not ${certificate.slice(0, 16)}…`;
  throw new Fault("signing-other", `certificates of "${event}" wait for their PDFs to be signed ${what}`, {
    hints: [
      "put `signing` back as it was when they were issued, and finish with `lulus render`; then change it",
    ],
  });
}

/** All are asked for before any is given up, so that what was got is noted. */
async function signSome(
  register: HeldRegister,
  certificates: readonly Registered[],
  lend: Lend,
  signer: Signer,
  room: number,
): Promise<void> {
  const results = await Promise.allSettled(
    certificates.map(async (one) => {
      // the bytes are lent: what is to be signed is taken from them at once
      const toSign = (size: number) => signer.signatory.toSign(lend(one).bytes, one.certificate.date, size);
      return [one, await signOne(toSign, signer, room)] as const;
    }),
  );
  const signed = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (signed.length > 0)
    register.transaction(() => {
      for (const [one, parts] of signed) register.noteSigned(one, parts);
    });
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}

async function signOne(
  toSign: (room: number) => Uint8Array,
  signer: Signer,
  room: number,
): Promise<SignatureParts> {
  const value = await signer.sign(toSign(room));
  const stamp = signer.stamp === null ? null : await signer.stamp(value);
  const needed = signer.signatory.roomFor(stamp?.length ?? 0);
  // an authority that has grown since the first one: once more, with room for it
  if (needed > room) return await signOne(toSign, signer, needed + STAMP_SLACK);
  return { room, value: base64(value), stamp: stamp === null ? null : base64(stamp) };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function* parts(ids: readonly number[], size: number): Iterable<readonly number[]> {
  for (let start = 0; start < ids.length; start += size) yield ids.slice(start, start + size);
}
