import { note, type Talk } from "./talk.js";

/** Long work, told while it goes on. Call `done` per piece, or for several at once, and `end` at the end. */
export interface Progress {
  done(pieces?: number): void;
  end(): void;
}

/**
 * A bar with rate and remaining time where a terminal reads stderr, a line every ten seconds elsewhere, nothing when
 * quiet or when the work is over before anybody would wonder.
 */
export async function progress(what: string, total: number, talk: Talk): Promise<Progress> {
  if (talk.quiet || total < 50) return { done: () => {}, end: () => {} };
  return process.stderr.isTTY ? await bar(what, total) : lines(what, total);
}

async function bar(what: string, total: number): Promise<Progress> {
  const { default: cliProgress } = await import("cli-progress");
  const shown = new cliProgress.SingleBar(
    {
      format: `${what} {bar} {value}/{total} · {rate}/s · {eta_formatted}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      fps: 10,
    },
    cliProgress.Presets.shades_classic,
  );
  const started = Date.now();
  let count = 0;
  shown.start(total, 0, { rate: "–" });
  return {
    done: (pieces = 1) => {
      count += pieces;
      shown.update(count, { rate: Math.round((count * 1000) / Math.max(1, Date.now() - started)) });
    },
    end: () => shown.stop(),
  };
}

function lines(what: string, total: number): Progress {
  let count = 0;
  let said = Date.now();
  return {
    done: (pieces = 1) => {
      count += pieces;
      if (Date.now() - said < 10_000) return;
      said = Date.now();
      note(`${what}: ${count} of ${total}`);
    },
    end: () => {},
  };
}
