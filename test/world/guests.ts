import type { Cast, Human } from "./human.js";
import type { Situation } from "./situations.js";
import {
  answers,
  enrolled,
  formLine,
  guestLines,
  human,
  passed,
  registrantLines,
  rosterLine,
  type Stage,
} from "./stage.js";
import type { Times } from "./timing.js";

/** Everyone here, or somebody beside them, has lines without an address. Their names are borne by nobody else. */
export const guestSituations: Readonly<Record<string, { readonly weight: number; readonly set: Situation }>> =
  {
    "guest-of-a-unique-name": { weight: 14, set: ownGuest },
    "guest-lines-belong-to-an-address": { weight: 16, set: recognised(false) },
    "guest-lines-beside-own-address": { weight: 10, set: recognised(true) },
    "guest-among-two-namesakes": { weight: 5, set: ambiguous(["short", "passed"]) },
    "guest-among-two-short-namesakes": { weight: 3, set: ambiguous(["short", "short"]) },
    "guest-among-namesakes-who-need-nothing": { weight: 3, set: ambiguous(["passed", "passed"]) },
    "guest-of-a-similar-name": { weight: 5, set: similar("short") },
    "guest-of-a-similar-name-who-needs-nothing": { weight: 3, set: similar("passed") },
    // Once in a world: a second bearer of the label would be a question of its own.
    "device-name-only": { weight: 0, set: deviceOnly("iPhone") },
    "other-device-name-only": { weight: 0, set: deviceOnly("Galaxy A12") },
    "telephone-number-only": { weight: 8, set: telephoneOnly },
    "device-name-only-and-short": { weight: 4, set: telephoneBriefly },
    "roster-line-without-address": { weight: 5, set: rosterByName },
  };

function ownGuest(stage: Stage, situation: string): Cast {
  const name = stage.register.rareName();
  const times = stage.timing.broken(stage.timing.whole());
  const attendance = guestLines(stage, name, times).map((line, turn) =>
    turn % 2 === 0 ? line : { ...line, name: name.toUpperCase() },
  );
  return { humans: [human({ situation, identity: { name }, attendance })] };
}

/** A display name that is, when compared, the name on the quiz (or the registration) of exactly one address. */
function recognised(alsoByAddress: boolean): Situation {
  return (stage, situation) => {
    if (stage.quiz === null && !alsoByAddress) return null;
    const profile = stage.register.enrol(stage.register.rareName());
    const disguise = stage.random.pick(stage.disguises);
    const display = disguise(profile.plain, stage.random.integer(1, 99));
    const times = stage.timing.exactly(stage.timing.scheduled - 600);
    const own = alsoByAddress ? registrantLines(stage, profile, stage.timing.exactly(300)) : [];
    const attendance = [...own, ...guestLines(stage, display, times)];
    return { humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) })] };
  };
}

type Standing = "short" | "passed";

/** With an address: there for a third of the time, or for all of it. */
function candidate(stage: Stage, situation: string, name: string, standing: Standing): Human {
  const profile = stage.register.enrol(name);
  const times: Times =
    standing === "passed"
      ? stage.timing.whole()
      : stage.timing.exactly(Math.floor(stage.timing.scheduled / 3));
  const attendance = registrantLines(stage, profile, times);
  const quiz = stage.quiz === null ? [] : answers(stage, profile, [stage.quiz.bar + 1]);
  const forms = stage.forms.map((form, turn) => formLine(stage, profile, form, turn));
  return enrolled(stage, profile, { situation, attendance, quiz, forms });
}

function ambiguous(standings: readonly Standing[]): Situation {
  return (stage, situation) => {
    const name = stage.register.rareName();
    const display = name.toUpperCase();
    const candidates = standings.map((standing) => candidate(stage, situation, name, standing));
    const group = human({
      situation,
      identity: { name: display },
      attendance: guestLines(stage, display, stage.timing.whole()),
    });
    return { humans: [group, ...candidates], doubts: [{ code: "name-ambiguous", group, candidates }] };
  };
}

/** The old spelling of one vowel: two letters apart, and no telling whether it is the same human being. */
function similar(standing: Standing): Situation {
  return (stage, situation) => {
    const name = stage.register.rareName();
    const display = respelled(name);
    const candidates = [candidate(stage, situation, name, standing)];
    const group = human({
      situation,
      identity: { name: display },
      attendance: guestLines(stage, display, stage.timing.whole()),
    });
    return { humans: [group, ...candidates], doubts: [{ code: "name-similar", group, candidates }] };
  };
}

function respelled(name: string): string {
  const spellings = [
    name.replace(/([^aou])u/, "$1oe"),
    name.replace(/([a-z])i/, "$1ie"),
    name.replace(/([a-z])a/, "$1o"),
    name.replace(/([a-z])o/, "$1a"),
  ];
  const changed = spellings.find((spelling) => spelling !== name);
  if (changed === undefined) throw new RangeError(`no other spelling of ${name}`);
  return changed;
}

function deviceOnly(label: string): Situation {
  return (stage, situation) => device(stage, situation, label, stage.timing.whole());
}

function telephoneOnly(stage: Stage, situation: string): Cast {
  return device(stage, situation, stage.register.telephone(), stage.timing.whole());
}

function telephoneBriefly(stage: Stage, situation: string): Cast {
  return device(stage, situation, stage.register.telephone(), stage.timing.exactly(1500));
}

function device(stage: Stage, situation: string, label: string, times: Times): Cast {
  const attendance = guestLines(stage, label, times);
  return { humans: [human({ situation, identity: { name: label }, device: true, attendance })] };
}

/** The organiser's list knows the name and number, not the address. */
function rosterByName(stage: Stage, situation: string): Cast | null {
  if (!stage.roster) return null;
  const profile = stage.register.enrol(stage.register.rareName());
  const attendance = registrantLines(stage, profile, stage.timing.whole());
  const roster = [{ ...rosterLine(stage, profile), email: "" }];
  return {
    humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile), roster })],
  };
}
