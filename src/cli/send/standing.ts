import { type Mailed, mailState } from "../../register/mail.js";
import { flawOf, parseAddress } from "../../send/address.js";

/**
 * How it stands with the mail of a certificate. `open` and `later` are sent by the next run, `unknown` and `bounced` only
 * when a human says so.
 */
export type Standing =
  | "open"
  | "later"
  | "sent"
  | "bounced"
  | "unknown"
  | "no-address"
  | "unready"
  | "withdrawn";

export interface Stands {
  readonly standing: Standing;
  /** in a few words, where there is something to say */
  readonly why: string;
}

export function standingOf(certificate: Mailed): Stands {
  const { withdrawn, last, to, sha256 } = certificate;
  if (withdrawn !== null) return { standing: "withdrawn", why: withdrawn };
  const state = mailState(certificate);
  if (state === "sent") return { standing: "sent", why: "" };
  if (state === "bounced") return { standing: "bounced", why: answerOf(last) };
  if (state === "unknown") return { standing: "unknown", why: "given to the server, which did not answer" };
  const flaw = to === null ? "nobody knows it" : flawOf(parseAddress(to));
  if (flaw !== null) return { standing: "no-address", why: flaw };
  if (sha256 === null) return { standing: "unready", why: "its PDF has not been written yet" };
  return state === "deferred" ? { standing: "later", why: answerOf(last) } : { standing: "open", why: "" };
}

/** Whether the next run sends it. */
export function isDue({ standing }: Pick<Stands, "standing">): boolean {
  return standing === "open" || standing === "later";
}

function answerOf(last: Mailed["last"]): string {
  return last !== null && "answer" in last.detail ? last.detail.answer : "";
}
