import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "../model/fault.js";
import type { Registered } from "../register/rows.js";
import { lenderOf, type Material } from "./material.js";
import { OutputFolder } from "./outputFolder.js";
import { type Hashes, type Stamp, stampInto } from "./stamping.js";

/*
 * A thread that stamps. It is given a batch's material once and then whole ranges of certificates; a message for each
 * would cost more than the certificate.
 */

export type Order =
  | { readonly kind: "material"; readonly batch: number; readonly material: Material }
  | { readonly kind: "range"; readonly batch: number; readonly range: readonly Registered[] };

export type Answer =
  | { readonly kind: "done"; readonly hashes: Hashes }
  | { readonly kind: "fault"; readonly fault: PlainFault };

/** A fault loses its class between threads. */
export type PlainFault = Pick<Fault, "code" | "message" | "place" | "hints">;

if (parentPort !== null) serve(parentPort, new OutputFolder(String(workerData)));

function serve(port: NonNullable<typeof parentPort>, output: OutputFolder): void {
  const stamps = new Map<number, Stamp>();
  port.on("message", (order: Order) => {
    if (order.kind === "material") stamps.set(order.batch, stampInto(output, lenderOf(order.material)));
    else void answerTo(order, stamps.get(order.batch)).then((answer) => port.postMessage(answer));
  });
}

async function answerTo({ range }: Order & { kind: "range" }, stamp: Stamp | undefined): Promise<Answer> {
  if (stamp === undefined) throw new TypeError("a range before its material");
  try {
    return { kind: "done", hashes: await stamp(range) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, place, hints } = error;
    return { kind: "fault", fault: { code, message, place, hints } };
  }
}
