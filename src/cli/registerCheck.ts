import { Fault } from "../model/fault.js";
import type { Finding } from "../register/finding.js";
import { inspect } from "../register/inspect.js";
import type { Store } from "../register/store.js";
import { checkpointOf } from "./checkpoint.js";
import { heedNothing } from "./interrupt.js";
import { openStore, placeOf, type RegisterOptions } from "./registerPlace.js";
import { answer, note, paintErr, paintOut, printable } from "./talk.js";

export interface RegisterCheckOptions extends RegisterOptions {
  /** folder or address of a published site, or its `register.json` */
  readonly site?: string;
}

/** More findings than this say nothing that the first did not say. */
const MOST = 1000;

/** `lulus register check`: 0 whole, 1 damaged, with a line for everything that is not as it was written. */
export async function checkRegister(
  asked: string | undefined,
  options: RegisterCheckOptions,
): Promise<number> {
  // one question to SQLite may take a minute
  heedNothing();
  const place = placeOf(asked, options);
  const found: Finding[] = [];
  const size = { entries: 0, certificates: 0 };
  try {
    const store = openStore(place);
    try {
      const checkpoint = options.site === undefined ? null : await checkpointOf(options.site, store);
      for await (const each of inspect(store, checkpoint)) {
        found.push(each);
        if (found.length >= MOST) break;
      }
      Object.assign(size, sizeOf(store));
    } finally {
      store.close();
    }
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "register-damaged") throw error;
    found.push({ code: "file", where: "file", what: error.message, remedy: error.hints.at(-1) ?? "" });
  }
  if (options.json) await answer(checkJson(place.shown, size, found));
  else await tell(place.shown, size, found, options);
  return found.length === 0 ? 0 : 1;
}

function sizeOf(store: Store): { entries: number; certificates: number } {
  const count = (table: string) => Number(store.scalar(`SELECT count(*) FROM ${table}`));
  return { entries: count("log"), certificates: count("certificate") };
}

function* checkJson(
  register: string,
  size: ReturnType<typeof sizeOf>,
  found: readonly Finding[],
): Iterable<string> {
  const head = { schema: "lulus.register-check/1", register, whole: found.length === 0, ...size };
  yield `${JSON.stringify(head).slice(0, -1)},"findings":[`;
  yield found.map((each) => `\n${JSON.stringify(each)}`).join(",");
  yield "\n]}\n";
}

async function tell(
  register: string,
  { certificates, entries }: ReturnType<typeof sizeOf>,
  found: readonly Finding[],
  options: RegisterCheckOptions,
): Promise<void> {
  const talk = { quiet: options.quiet ?? false };
  if (found.length === 0) {
    await answer(
      `${paintOut("green", "whole")}  ${register}: ${certificates} certificates, ${entries} entries\n`,
    );
    if (options.site === undefined)
      note("whether its end was cut off shows only against what was published: --site site", talk);
    return;
  }
  await answer(
    found.map(
      ({ code, where, what }) =>
        `${paintOut("red", printable(where))}: ${printable(what)} ${paintOut("dim", `[${code}]`)}\n`,
    ),
  );
  if (found.length >= MOST) note(`the first ${MOST} findings; there may be more`, talk);
  for (const remedy of new Set(found.map((each) => each.remedy)))
    note(`${paintErr("cyan", "hint")}: ${remedy}`, talk);
}
