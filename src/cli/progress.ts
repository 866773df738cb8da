import { isCi, note, type Talk } from "./talk.js";

/*
 * Long work, told while it goes on, always on stderr: stdout is for the answer alone.
 * Whom it is told depends on who reads stderr: a bar with rate and remaining time where that is a terminal, with `--json`
 * a JSON object a line, else a line now and then; nothing where the command is to be quiet.
 */

/** Call `done` per piece, or for several at once, and `end` at the end, however it came about. */
export interface Progress {
  done(pieces?: number): void;
  end(): void;
}

/** What the pieces are: they are counted, or they are bytes. */
export type Unit = "pieces" | "bytes";

interface Work {
  /** what is worked on, lower case; stable: scripts read it */
  readonly step: string;
  readonly total: number;
  readonly unit: Unit;
  /** milliseconds since the epoch */
  readonly started: number;
}

/** How often something is told, in milliseconds. */
const JSON_EVERY = 1000;
const LINE_EVERY = 10_000;
/** Before that nobody wonders. */
const BAR_AFTER = 400;

/**
 * Tells of a step of the work, in pieces that can be counted beforehand.
 *
 * With `talk.json`, where no terminal reads stderr, each line is an object
 * `{"schema":"lulus.progress/1","step","done","total","unit","seconds","seconds_left"}`: one when the step begins, at most one
 * a second, and one when it ends, where `done` falls short of `total` if it was cut short. `seconds_left` is `null`
 * while nothing can be said. The answer of `--json` on stdout stays the one object that it is.
 *
 * @param step what is worked on, as in `certificates`
 * @param more what the pieces are, and when the step was begun, if that is past
 */
export async function progress(
  step: string,
  total: number,
  talk: Talk,
  { unit = "pieces", started = Date.now() }: { readonly unit?: Unit; readonly started?: number } = {},
): Promise<Progress> {
  const work = { step, total, unit, started };
  if (talk.quiet) return { done: () => {}, end: () => {} };
  if (process.stderr.isTTY && process.env.TERM !== "dumb" && !isCi()) return await bar(work);
  return talk.json ? objects(work) : lines(work);
}

/** A step that is told of only if it lasts: most of the time it is over before anybody wonders. */
export function lasting(
  step: string,
  total: number,
  talk: Talk,
  unit: Unit,
  patience = JSON_EVERY,
): { done(pieces: number): Promise<void>; end(): void } {
  const started = Date.now();
  let shown: Progress | null = null;
  let count = 0;
  return {
    async done(pieces) {
      count += pieces;
      if (shown !== null) shown.done(pieces);
      else if (Date.now() - started > patience) {
        shown = await progress(step, total, talk, { unit, started });
        shown.done(count);
      }
    },
    end: () => shown?.end(),
  };
}

async function bar({ step, total, unit, started }: Work): Promise<Progress> {
  const { default: cliProgress } = await import("cli-progress");
  const shown = new cliProgress.SingleBar(
    {
      format: `${step} {bar} {value}/{total} · {rate}/s · {eta_formatted}`,
      formatValue: (value, _, kind) =>
        kind === "value" || kind === "total" ? formatCount(value, unit) : String(value),
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      fps: 10,
    },
    cliProgress.Presets.shades_classic,
  );
  let count = 0;
  let isShown = false;
  const rate = () => formatCount(Math.round((count * 1000) / Math.max(1, Date.now() - started)), unit);
  // an interrupt ends the process where it stands, and must not leave a terminal without a cursor
  const stop = () => shown.stop();
  return {
    done: (pieces = 1) => {
      count += pieces;
      if (!isShown && Date.now() - started > BAR_AFTER) {
        shown.start(total, 0, { rate: "–" });
        process.once("exit", stop);
        isShown = true;
      }
      if (isShown) shown.update(count, { rate: rate() });
    },
    end: () => {
      process.off("exit", stop);
      if (isShown) stop();
    },
  };
}

function objects({ step, total, unit, started }: Work): Progress {
  let [count, said, lastSaid] = [0, 0, -1];
  const say = () => {
    const seconds = (Date.now() - started) / 1000;
    const left = count === 0 ? null : round((seconds * (total - count)) / count);
    const facts = { step, done: count, total, unit, seconds: round(seconds), seconds_left: left };
    note(JSON.stringify({ schema: "lulus.progress/1", ...facts }));
    said = Date.now();
    lastSaid = count;
  };
  say();
  return {
    done: (pieces = 1) => {
      count += pieces;
      if (Date.now() - said >= JSON_EVERY) say();
    },
    end: () => {
      if (lastSaid !== count) say();
    },
  };
}

function lines({ step, total, unit }: Work): Progress {
  let count = 0;
  let said = Date.now();
  return {
    done: (pieces = 1) => {
      count += pieces;
      if (Date.now() - said < LINE_EVERY) return;
      said = Date.now();
      note(`${step}: ${formatCount(count, unit)} of ${formatCount(total, unit)}`);
    },
    end: () => {},
  };
}

function formatCount(count: number, unit: Unit): string {
  return unit === "bytes" ? `${(count / 1e6).toFixed(1)} MB` : String(count);
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
