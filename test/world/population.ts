import type { Cast, Doubt, Human } from "./human.js";
import type { Situation } from "./situations.js";
import { connection, human, passed, rosterLine, type Stage } from "./stage.js";

export interface Population {
  readonly humans: readonly Human[];
  readonly doubts: readonly Doubt[];
}

export type Named = readonly [string, { readonly weight: number; readonly set: Situation }];

/**
 * Everyone of an event in the order in which the exports list them: the staff, each situation once, and then as many
 * more as the weights and the number of people ask for.
 */
export function populate(stage: Stage, chosen: readonly Named[], people: number): Population {
  const casts = chosen.map(([name, { set }]) => set(stage, name)).filter((cast) => cast !== null);
  const drawn = lotteryOf(stage, chosen);
  let count = casts.reduce((sum, cast) => sum + cast.humans.length, 0);
  while (count < people && drawn.length > 0) {
    const [name, { set }] = stage.random.pick(drawn);
    const cast = set(stage, name);
    if (cast === null) continue;
    casts.push(cast);
    count += cast.humans.length;
  }
  return assemble(stage, casts);
}

/** The casts of a plan with fixed numbers, in an order of chance. */
export function populateExactly(stage: Stage, plan: readonly (readonly [...Named, number])[]): Population {
  const casts: Cast[] = [];
  for (const [name, { set }, times] of plan) {
    for (let turn = 0; turn < times; turn++) {
      const cast = set(stage, name);
      if (cast === null) throw new RangeError(`this event cannot show ${name}`);
      casts.push(cast);
    }
  }
  return assemble(stage, casts);
}

/** Each situation as many times as it weighs; those that this stage cannot show are left out. */
function lotteryOf(stage: Stage, chosen: readonly Named[]): Named[] {
  const possible = chosen.filter(([name, { weight, set }]) => weight > 0 && set(stage, name) !== null);
  return possible.flatMap((one) => Array.from({ length: one[1].weight }, () => one));
}

/** Somebody whom no file mentions is not in the world. */
function assemble(stage: Stage, casts: readonly Cast[]): Population {
  const everyone = casts.flatMap((cast) => cast.humans).filter(isMentioned);
  return {
    humans: [...staffOf(stage), ...stage.random.shuffle(everyone)],
    doubts: casts.flatMap((cast) => cast.doubts ?? []),
  };
}

function isMentioned({ attendance, quiz, forms, roster }: Human): boolean {
  return attendance.length + quiz.length + forms.length + roster.length > 0;
}

/** The host; in a webinar also three panelists, all of whom took the quiz and passed. */
function staffOf(stage: Stage): Human[] {
  if (!stage.webinar) return [staffMember(stage, "host", "unsure")];
  const panelists = [0, 1, 2].map(() => staffMember(stage, "panelist", "staff"));
  return [staffMember(stage, "host", "staff"), ...panelists];
}

function staffMember(stage: Stage, section: "host" | "panelist", standing: Human["standing"]): Human {
  const profile = stage.register.enrol();
  const attendance = stage.timing.sessions.map(({ start, end }, session) =>
    connection(session, profile, { join: start - 1500, leave: end + 600 }, { section }),
  );
  const quiz = section === "panelist" ? passed(stage, profile) : [];
  const listed = stage.roster && section === "panelist";
  const roster = listed ? [{ ...rosterLine(stage, profile), role: "narasumber" }] : [];
  return human({
    situation: section,
    identity: { email: profile.email },
    standing,
    attendance,
    quiz,
    roster,
  });
}
