/** Wall-clock seconds: the local date and time written as if it were UTC. Exports carry no zone either. */
export type Clock = number;

/** Joined inclusive, left exclusive. */
export interface Stretch {
  readonly join: Clock;
  readonly leave: Clock;
}

export interface Session {
  readonly id: string;
  readonly start: Clock;
  readonly end: Clock;
}

/** How a truth names a person: the address in lower case, or, without any, one of the names as an export writes it. */
export type Identity = { readonly email: string } | { readonly name: string };

/** One line of an attendance export. `stretch: null`: registered and did not come. */
export interface AttendanceLine {
  /** index of the session whose file holds the line */
  readonly session: number;
  readonly section: "host" | "panelist" | "attendee" | "other";
  readonly name: string;
  /** as registered, in full; the display name may be anything */
  readonly registered: string;
  /** as written, capitals and blanks included; `""` where Zoom knows none */
  readonly email: string;
  readonly stretch: Stretch | null;
  /** spent in the waiting room, which counts for nothing */
  readonly waiting: boolean;
}

export interface Score {
  readonly points: number;
  readonly max: number;
}

/** One answer to the quiz. `score: null` stands as `blank` in the file and is no attempt. */
export interface QuizLine {
  readonly name: string;
  readonly email: string;
  readonly nip: string;
  readonly institution: string;
  readonly score: Score | null;
  readonly blank: string;
  readonly time: Clock;
}

/** One answer to a form that proves presence. */
export interface FormLine {
  readonly form: string;
  readonly name: string;
  readonly email: string;
  readonly nip: string;
  readonly institution: string;
  readonly time: Clock;
}

export interface RosterLine {
  readonly name: string;
  readonly email: string;
  readonly nip: string;
  readonly institution: string;
  readonly role: string;
}

/** One human being with every line that is truly theirs. */
export interface Human {
  readonly situation: string;
  readonly identity: Identity;
  /** hosts, panelists: the participants' award does not fall to them. `unsure`: the export may or may not show it */
  readonly standing: "participant" | "staff" | "unsure";
  /** one address used at the same time under clearly different names */
  readonly shared: boolean;
  /** under an address that only looks like somebody else's, who needs nothing from these lines */
  readonly lookAlike: boolean;
  /** known by a device name or telephone number only */
  readonly device: boolean;
  readonly attendance: AttendanceLine[];
  readonly quiz: QuizLine[];
  readonly forms: FormLine[];
  readonly roster: RosterLine[];
}

/** A group of lines without address that may belong to one of the candidates. */
export interface Doubt {
  readonly code: "name-ambiguous" | "name-similar";
  readonly group: Human;
  readonly candidates: readonly Human[];
}

/** Humans that only make sense together. */
export interface Cast {
  readonly humans: readonly Human[];
  readonly doubts?: readonly Doubt[];
}

/** What an award asks for. */
export interface Bars {
  readonly sessions: readonly Session[];
  readonly attendancePercent: number;
  /** `null`: no quiz is asked for */
  readonly quizPercent: number | null;
  readonly presence: { readonly forms: readonly string[]; readonly needed: number } | null;
}
