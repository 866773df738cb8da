import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "../model/fault.js";
import { registeredIn } from "../register/rows.js";
import { lenderOf, type Material } from "./material.js";
import { OutputFolder } from "./outputFolder.js";
import type { Made } from "./range.js";
import { type Stamp, stampInto } from "./stamping.js";

/*
 * A thread that stamps. It is given a batch's material once and then whole ranges of certificates; a message
 * for each would cost more than the certificate. It answers in the order in which it is asked.
 */

export type Order =
  | { readonly kind: "material"; readonly batch: number; readonly material: Material }
  | {
      readonly kind: "range";
      readonly batch: number;
      /** certificates, as the register packs them */
      readonly packed: Uint8Array;
      /** ids of those that are drawn and looked at */
      readonly samples: readonly number[];
    };

export type Answer =
  | { readonly kind: "done"; readonly made: readonly Made[] }
  | { readonly kind: "fault"; readonly fault: PlainFault };

/** A fault loses its class between threads. */
export type PlainFault = Pick<Fault, "code" | "message" | "place" | "hints">;

if (parentPort !== null) serve(parentPort, new OutputFolder(String(workerData)));

function serve(port: NonNullable<typeof parentPort>, output: OutputFolder): void {
  const stamps = new Map<number, Stamp>();
  let last = Promise.resolve();
  port.on("message", (order: Order) => {
    last = last.then(async () => {
      const answer = await answerTo(order, stamps, output);
      if (answer !== null) port.postMessage(answer);
    });
  });
}

async function answerTo(
  order: Order,
  stamps: Map<number, Stamp>,
  output: OutputFolder,
): Promise<Answer | null> {
  try {
    if (order.kind === "range") return { kind: "done", made: await madeOf(order, stamps.get(order.batch)) };
    stamps.set(order.batch, stampInto(output, lenderOf(order.material)));
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, place, hints } = error;
    return { kind: "fault", fault: { code, message, place, hints } };
  }
}

async function madeOf(
  { packed, samples }: Order & { kind: "range" },
  stamp: Stamp | undefined,
): Promise<Made[]> {
  if (stamp === undefined) throw new TypeError("a range before its material");
  return await stamp(registeredIn(packed), new Set(samples));
}
