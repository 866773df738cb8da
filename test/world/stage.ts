import type { Disguise } from "./disguises.js";
import type {
  AttendanceLine,
  Clock,
  FormLine,
  Human,
  Identity,
  QuizLine,
  RosterLine,
  Score,
  Stretch,
} from "./human.js";
import type { Profile, Register } from "./names.js";
import { at, type Random } from "./random.js";
import type { Times, Timing } from "./timing.js";

/** Where situations are set up: who can appear, when things happen, and what this world's exports can show. */
export interface Stage {
  readonly random: Random;
  readonly register: Register;
  readonly timing: Timing;
  /** the ways in which people here show their own name; all of them are one name when compared */
  readonly disguises: readonly Disguise[];
  /** registrants who did not come are listed; hosts and panelists have sections of their own */
  readonly webinar: boolean;
  /** the export has a column for the waiting room */
  readonly waitingRoom: boolean;
  readonly quiz: { readonly max: number; readonly bar: number } | null;
  readonly forms: readonly string[];
  readonly roster: boolean;
  /** when the last session ends */
  readonly end: Clock;
}

export interface Showing {
  /** as the platform shows it; the plain name unless said */
  readonly display?: string;
  readonly email?: string;
  readonly section?: AttendanceLine["section"];
  readonly registered?: string;
  readonly waiting?: boolean;
}

/**
 * The lines of somebody who registered: one per connection, and `Attended: No` in every session without any.
 * A meeting's export says nothing about those who did not come.
 */
export function registrantLines(
  stage: Stage,
  profile: Profile,
  times: Times,
  showing: Showing = {},
): AttendanceLine[] {
  return times.flatMap((stretches, session) => {
    if (stretches.length > 0) return stretches.map((one) => connection(session, profile, one, showing));
    return stage.webinar ? [{ ...connection(session, profile, null, showing) }] : [];
  });
}

export function connection(
  session: number,
  profile: Profile,
  stretch: Stretch | null,
  showing: Showing = {},
): AttendanceLine {
  return {
    session,
    section: showing.section ?? "attendee",
    name: showing.display ?? profile.plain,
    registered: showing.registered ?? profile.plain,
    email: showing.email ?? profile.email,
    stretch,
    waiting: showing.waiting ?? false,
  };
}

/** Lines without an address: under "other" in a webinar, an empty cell in a meeting. */
export function guestLines(stage: Stage, display: string, times: Times): AttendanceLine[] {
  return times.flatMap((stretches, session) =>
    stretches.map((stretch) => ({
      session,
      section: stage.webinar ? "other" : "attendee",
      name: display,
      registered: display,
      email: "",
      stretch,
      waiting: false,
    })),
  );
}

export function answer(
  stage: Stage,
  profile: Profile,
  score: Score | null,
  more: Partial<QuizLine> = {},
): QuizLine {
  return {
    name: profile.full,
    email: profile.email,
    nip: profile.nip,
    institution: profile.institution,
    score,
    blank: "",
    time: stage.end + stage.random.integer(-600, 3600),
    ...more,
  };
}

/** Answers that reach so many points each, in order of time; none where the world has no quiz. */
export function answers(stage: Stage, profile: Profile, points: readonly number[]): QuizLine[] {
  const { quiz } = stage;
  if (quiz === null) return [];
  return points.map((one, turn) =>
    answer(
      stage,
      profile,
      { points: one, max: quiz.max },
      { time: stage.end + turn * 1200 + stage.random.integer(1, 900) },
    ),
  );
}

/** At or above the bar. */
export function passed(stage: Stage, profile: Profile): QuizLine[] {
  const { quiz, random } = stage;
  return quiz === null ? [] : answers(stage, profile, [random.integer(quiz.bar, quiz.max)]);
}

export interface Making {
  readonly situation: string;
  readonly identity: Identity;
  readonly standing?: Human["standing"];
  readonly shared?: boolean;
  readonly lookAlike?: boolean;
  readonly device?: boolean;
  readonly attendance?: AttendanceLine[];
  readonly quiz?: QuizLine[];
  readonly forms?: FormLine[];
  readonly roster?: RosterLine[];
}

export function human(making: Making): Human {
  return {
    standing: "participant",
    shared: false,
    lookAlike: false,
    device: false,
    attendance: [],
    quiz: [],
    forms: [],
    roster: [],
    ...making,
  };
}

/** A person with an address, who also answers the forms of presence and stands in the roster as often as people do. */
export function enrolled(stage: Stage, profile: Profile, making: Omit<Making, "identity">): Human {
  return human({
    identity: { email: profile.email },
    forms: formsOf(stage, profile),
    roster: stage.roster && stage.random.chance(0.4) ? [rosterLine(stage, profile)] : [],
    ...making,
  });
}

function formsOf(stage: Stage, profile: Profile): FormLine[] {
  return stage.forms
    .filter(() => stage.random.chance(0.9))
    .map((form, turn) => formLine(stage, profile, form, turn));
}

export function formLine(
  stage: Stage,
  { full, email, nip, institution }: Profile,
  form: string,
  turn: number,
): FormLine {
  const time = at(stage.timing.sessions, 0).start + 900 + turn * 5400 + stage.random.integer(0, 600);
  return { form, name: full, email, nip, institution, time };
}

export function rosterLine(stage: Stage, { full, email, nip, institution }: Profile): RosterLine {
  return { name: full, email, nip, institution, role: stage.random.chance(0.3) ? "peserta" : "" };
}
