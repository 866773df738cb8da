import { createHash, randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { formatRequest, openStamp, parseAnswer } from "../../credential/signature/stamp.js";
import { Fault } from "../../model/fault.js";

/** Asks for a time stamp over a signature. @throws Fault where none is got that fits */
export type Ask = (value: Uint8Array) => Promise<Uint8Array>;

const PATIENCE_MS = 15_000;
/** What to wait before each further try. */
const PAUSES_MS = [1_000, 3_000, 9_000];
const MOST_BYTES = 65_536;

/** A time-stamp authority (RFC 3161) behind an address. What it gives is checked before it is taken. */
export function authorityAt(url: string): Ask {
  const digestOf = (value: Uint8Array) => createHash("sha256").update(value).digest();
  return async (value) => {
    const nonce = randomBytes(8);
    const request = formatRequest(digestOf(value), nonce);
    const token = parseAnswer(await post(url, request));
    if (typeof token === "string") throw useless(url, token);
    const opened = await openStamp(token, digestOf(value), nonce);
    if (typeof opened === "string") throw useless(url, opened);
    return token;
  };
}

async function post(url: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask(url, body);
    if (answer instanceof Uint8Array) return answer;
    const pause = PAUSES_MS[attempt];
    if (pause === undefined || !answer.isPassing) throw silent(url, answer.why);
    await wait(pause);
  }
}

interface Failure {
  readonly why: string;
  /** whether it may go by */
  readonly isPassing: boolean;
}

async function ask(url: string, body: Uint8Array<ArrayBuffer>): Promise<Uint8Array | Failure> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) {
      const isPassing = response.status >= 500 || response.status === 429 || response.status === 408;
      return { why: `it answers ${response.status} ${response.statusText}`.trim(), isPassing };
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length <= MOST_BYTES ? bytes : { why: "its answer is too long", isPassing: false };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { why: cause instanceof Error ? cause.message : String(cause), isPassing: true };
  }
}

const onward = [
  "what was signed so far is kept: run the same command again when the authority answers",
  "for certificates to come, `signing.tsa` may name another authority, or be left out",
];

function silent(url: string, why: string): Fault {
  return new Fault("tsa-unreachable", `the time-stamp authority ${url} cannot be reached (${why})`, {
    hints: onward,
  });
}

function useless(url: string, what: string): Fault {
  return new Fault("tsa-answer", `the time-stamp authority ${url} gives no time stamp to rely on: ${what}`, {
    hints: onward,
  });
}
