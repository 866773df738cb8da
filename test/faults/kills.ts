import type { Random } from "../world/random.js";
import { start } from "./command.js";
import type { Disturbed, Fault } from "./trial.js";
import { flawsOfRefusal, moment, pause } from "./trial.js";

/** Killed at a random time, and what goes on is killed again, up to `most` times. */
export function kill(random: Random, most: number): Fault {
  return {
    label: "kill -9",
    async disturb(folder, job, stage) {
      let kills = 0;
      for (;;) {
        const { child, ended } = start(stage.program, folder, job.command);
        const timer = setTimeout(() => child.kill("SIGKILL"), moment(job, random));
        const result = await ended;
        clearTimeout(timer);
        if (result.signal === "SIGKILL") kills += 1;
        if (result.signal === "SIGKILL" && kills < most) continue;
        const wasKilled = result.signal === "SIGKILL";
        return {
          ended: result,
          outcome: `killed ${kills}`,
          wasKilled,
          violations: wasKilled ? [] : flawsOfRefusal(result),
        };
      }
    },
  };
}

const statuses = { SIGINT: 130, SIGTERM: 143 } as const;
const SECONDS = 5;

/** Asked to stop, once or twice. After one signal it has tidied up and said how to go on. */
export function interrupt(random: Random): Fault {
  const signal = random.pick(["SIGINT", "SIGTERM"] as const);
  const isTwice = random.chance(0.3);
  return {
    label: isTwice ? `${signal} twice` : signal,
    async disturb(folder, job, stage): Promise<Disturbed> {
      const { child, ended } = start(stage.program, folder, job.command);
      await Promise.race([pause(moment(job, random)), ended]);
      const asked = performance.now();
      child.kill(signal);
      if (isTwice) {
        await pause(random.integer(1, 150));
        child.kill(signal);
      }
      const result = await ended;
      const seconds = (performance.now() - asked) / 1000;
      // before the program has begun to listen the system ends it: then there is nothing to be tidied up
      const isBySystem = result.signal === signal;
      const isAnswered = result.status === statuses[signal];
      const violations = [
        ...(seconds > SECONDS ? [`it took ${seconds.toFixed(1)} s to end after ${signal}`] : []),
        ...(isBySystem || isAnswered ? [] : flawsOfRefusal(result)),
        ...(result.status === 2 ? [`it was asked to stop and refused: ${result.stderr}`] : []),
      ];
      const outcome = isBySystem
        ? "ended by the system"
        : isAnswered
          ? `ended with ${result.status}`
          : "was done";
      return { ended: result, outcome, wasKilled: isTwice, violations };
    },
  };
}

/** Several at once: those that come second are told who is at work. */
export function together(random: Random): Fault {
  const count = random.pick([2, 2, 4]);
  return {
    label: `${count} at once`,
    async disturb(folder, job, stage) {
      const results = await Promise.all(
        Array.from({ length: count }, async (_, index) => {
          if (index > 0) await pause(random.integer(0, Math.ceil(job.seconds * 600)));
          return await start(stage.program, folder, job.command).ended;
        }),
      );
      const refused = results.filter(({ status }) => status !== 0);
      const [first] = [...results].sort((a, b) => (a.status ?? 9) - (b.status ?? 9));
      if (first === undefined) throw new TypeError("nobody ran");
      const others = refused.filter(({ stderr }) => !/\[register-busy\]/.test(stderr));
      return {
        ended: first,
        outcome: `${refused.length} refused`,
        wasKilled: false,
        violations: [
          ...(first.status === 0 ? [] : ["none of them did the job"]),
          ...refused.flatMap(flawsOfRefusal),
          ...others.map(({ stderr }) => `it was not told that another run is at work: ${stderr}`),
        ],
      };
    },
  };
}
