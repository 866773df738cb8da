import { harderDisguises } from "./disguises.js";
import type { Cast, Human } from "./human.js";
import {
  answer,
  answers,
  connection,
  enrolled,
  formLine,
  guestLines,
  passed,
  registrantLines,
  rosterLine,
  type Stage,
} from "./stage.js";
import type { Times } from "./timing.js";

/** Sets the people of one situation on the stage; `null` where this world's exports cannot show it. */
export type Situation = (stage: Stage, situation: string) => Cast | null;

/** Everyone here has an address on every line. Weights say how common a situation is in a world. */
export const situations: Readonly<Record<string, { readonly weight: number; readonly set: Situation }>> = {
  "present-and-passed": { weight: 420, set: present((stage) => stage.timing.whole()) },
  rejoined: { weight: 90, set: present((stage) => stage.timing.broken(stage.timing.whole())) },
  "two-devices-at-once": { weight: 60, set: present((stage) => stage.timing.doubled(stage.timing.whole())) },
  "before-the-start-and-past-the-end": { weight: 40, set: present((stage) => stage.timing.beyond()) },
  "left-early": {
    weight: 60,
    set: present((stage) => stage.timing.exactly(stage.random.integer(300, 7200))),
  },
  "exactly-on-the-bar": { weight: 8, set: present((stage) => stage.timing.exactly(barOf(stage))) },
  "one-second-short": { weight: 8, set: present((stage) => stage.timing.exactly(barOf(stage) - 1)) },
  "on-the-bar-over-a-broken-line": {
    weight: 6,
    set: present((stage) =>
      stage.timing.doubled(stage.timing.broken(stage.timing.exactly(barOf(stage) + 60))),
    ),
  },
  "gone-before-the-start": { weight: 6, set: present((stage) => stage.timing.onlyBefore()) },
  "five-rejoins-of-ten-seconds": { weight: 8, set: present((stage) => stage.timing.flickers()) },
  "registered-and-absent": { weight: 120, set: absent(() => false) },
  "absent-but-passed-the-quiz": { weight: 8, set: absent(() => true) },
  "quiz-exactly-on-the-bar": { weight: 10, set: quizzed((bar) => [bar]) },
  "quiz-one-point-short": { weight: 12, set: quizzed((bar) => [bar - 1]) },
  "no-quiz": { weight: 60, set: quizzed(() => []) },
  "best-of-three-attempts": { weight: 30, set: quizzed((bar) => [bar - 2, bar + 1, bar - 1]) },
  "three-attempts-all-short": { weight: 8, set: quizzed((bar) => [bar - 3, bar - 1, bar - 2]) },
  "quiz-opened-and-left": { weight: 8, set: unanswered(["-"]) },
  "quiz-score-empty": { weight: 6, set: unanswered([""]) },
  "quiz-left-then-passed": { weight: 6, set: unanswered(["-"], true) },
  "quiz-only": { weight: 8, set: quizOnly },
  "address-in-capitals": {
    weight: 40,
    set: displayed(
      (plain) => plain,
      (email) => ` ${email.toUpperCase()} `,
    ),
  },
  "name-in-capitals": { weight: 40, set: displayed((plain) => plain.toUpperCase()) },
  "name-in-disguise": { weight: 60, set: disguised },
  "phone-as-second-device": { weight: 10, set: phoneBeside },
  "name-starts-with-equals-sign": {
    weight: 3,
    set: named('=HYPERLINK("https://klik.example","Klik di sini")'),
  },
  "name-with-markup": { weight: 3, set: named("<b>Bagus</b> Wicaksono") },
  "name-with-quotes-and-commas": { weight: 3, set: named('Tutik "Ning" Rahayu, Raden Ayu, Putri') },
  "name-starts-with-number-sign": { weight: 3, set: named("#1 Penggemar ASN") },
  "name-with-dotted-letters": { weight: 6, set: named("Ṣāliḥah Ḥusnā Maḥmūd") },
  "same-name-two-addresses": { weight: 10, set: namesakes },
  "address-shared-by-two-names": {
    weight: 5,
    set: shared((stage) => [stage.timing.whole(), stage.timing.whole()]),
  },
  "address-shared-but-short": {
    weight: 4,
    set: shared((stage) => [stage.timing.exactly(1800), stage.timing.exactly(2400)]),
  },
  "promoted-to-panelist": { weight: 4, set: promoted },
  "waiting-room-counts-nothing": { weight: 6, set: waited },
  "roster-only": { weight: 6, set: rosterOnly },
  "name-in-harder-disguise": { weight: 20, set: hardlyRecognised },
  "quiz-by-number-alone": { weight: 8, set: numbered },
  "address-with-a-foreign-letter": { weight: 5, set: impostor },
  "second-registration-with-a-foreign-letter": { weight: 3, set: registeredTwice },
};

/** Three quarters of the scheduled length: whole seconds in every world here. */
function barOf(stage: Stage): number {
  return (stage.timing.scheduled * 3) / 4;
}

function present(timesOf: (stage: Stage) => Times): Situation {
  return (stage, situation) => {
    const profile = stage.register.enrol();
    const attendance = registrantLines(stage, profile, timesOf(stage));
    return { humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) })] };
  };
}

function absent(passesQuiz: () => boolean): Situation {
  return (stage, situation) => {
    if (!stage.webinar) return null;
    const profile = stage.register.enrol();
    const attendance = registrantLines(stage, profile, stage.timing.nothing());
    const quiz = passesQuiz() ? passed(stage, profile) : [];
    return { humans: [enrolled(stage, profile, { situation, attendance, quiz, forms: [] })] };
  };
}

function quizzed(pointsOf: (bar: number) => number[]): Situation {
  return (stage, situation) => {
    if (stage.quiz === null) return null;
    const profile = stage.register.enrol();
    const attendance = registrantLines(stage, profile, stage.timing.whole());
    const quiz = answers(stage, profile, pointsOf(stage.quiz.bar));
    return { humans: [enrolled(stage, profile, { situation, attendance, quiz })] };
  };
}

function unanswered(blanks: readonly string[], thenPasses = false): Situation {
  return (stage, situation) => {
    if (stage.quiz === null) return null;
    const profile = stage.register.enrol();
    const attendance = registrantLines(stage, profile, stage.timing.whole());
    const quiz = blanks.map((blank) =>
      answer(stage, profile, null, { blank, time: stage.end - stage.random.integer(700, 1500) }),
    );
    if (thenPasses) quiz.push(...passed(stage, profile));
    return { humans: [enrolled(stage, profile, { situation, attendance, quiz })] };
  };
}

function quizOnly(stage: Stage, situation: string): Cast | null {
  if (stage.quiz === null) return null;
  const profile = stage.register.enrol();
  return { humans: [enrolled(stage, profile, { situation, quiz: passed(stage, profile) })] };
}

function displayed(nameOf: (plain: string) => string, emailOf = (email: string) => email): Situation {
  return (stage, situation) => {
    const profile = stage.register.enrol();
    const showing = { display: nameOf(profile.plain), email: emailOf(profile.email) };
    const attendance = registrantLines(stage, profile, stage.timing.whole(), showing);
    return { humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) })] };
  };
}

function disguised(stage: Stage, situation: string): Cast | null {
  const disguise = stage.random.pick(stage.disguises);
  return displayed((plain) => disguise(plain, stage.random.integer(1, 99)))(stage, situation);
}

/** Rows without an address under the strangest spelling that is still the very name on the quiz. */
function hardlyRecognised(stage: Stage, situation: string): Cast | null {
  if (stage.quiz === null) return null;
  const profile = stage.register.enrol(stage.register.rareName());
  const display = stage.random.pick(harderDisguises)(profile.plain, stage.random.integer(1, 99));
  const attendance = guestLines(stage, display, stage.timing.whole());
  return { humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) })] };
}

/** The quiz knows a number and no address; the roster knows both. */
function numbered(stage: Stage, situation: string): Cast | null {
  if (!stage.roster || stage.quiz === null) return null;
  let profile = stage.register.enrol();
  while (profile.nip === "") profile = stage.register.enrol();
  const attendance = registrantLines(stage, profile, stage.timing.whole());
  const quiz = passed(stage, profile).map((line) => ({ ...line, email: "" }));
  const roster = [rosterLine(stage, profile)];
  return { humans: [enrolled(stage, profile, { situation, attendance, quiz, roster })] };
}

/** The same letters to the eye: `а`, `е` and `о` of the Cyrillic alphabet. */
function disguisedAddress(email: string): string {
  const [local = "", domain = ""] = email.split("@");
  const letters: Readonly<Record<string, string>> = { a: "а", e: "е", o: "о" };
  const at = [...local].findIndex((letter) => letter in letters);
  if (at < 0) throw new RangeError(`no letter of ${email} has a look-alike`);
  return `${local.slice(0, at)}${letters[local[at] ?? ""]}${local.slice(at + 1)}@${domain}`;
}

/** Somebody was there under an address that only looks like the one on the quiz: one person, or two? */
function impostor(stage: Stage, situation: string): Cast | null {
  if (stage.quiz === null) return null;
  const profile = stage.register.enrol(stage.register.rareName());
  const other = { ...profile, email: disguisedAddress(profile.email) };
  const attendance = registrantLines(stage, other, stage.timing.whole());
  const group = enrolled(stage, other, { situation, attendance, forms: [], roster: [] });
  const forms = stage.forms.map((form, turn) => formLine(stage, profile, form, turn));
  const quiz = passed(stage, profile);
  const plain = enrolled(stage, profile, { situation, quiz, forms });
  return { humans: [group, plain], doubts: [{ code: "name-similar", group, candidates: [plain] }] };
}

/** Both would pass alone: two certificates for one human being, unless somebody looks. */
function registeredTwice(stage: Stage, situation: string): Cast | null {
  const profile = stage.register.enrol(stage.register.rareName());
  const other = { ...profile, email: disguisedAddress(profile.email) };
  const passing = (one: typeof profile, more: Partial<Human>): Human =>
    enrolled(stage, one, {
      situation,
      attendance: registrantLines(stage, one, stage.timing.whole()),
      quiz: passed(stage, one),
      forms: stage.forms.map((form, turn) => formLine(stage, one, form, turn)),
      ...more,
    });
  const humans = [passing(profile, {}), { ...passing(other, { roster: [] }), lookAlike: true }];
  return { humans };
}

function phoneBeside(stage: Stage, situation: string): Cast {
  const profile = stage.register.enrol();
  const times = stage.timing.whole();
  const laptop = registrantLines(stage, profile, times);
  const phone = times.flatMap((stretches, session) =>
    stretches.map(({ join, leave }) =>
      connection(session, profile, { join: join + 900, leave: leave - 600 }, { display: "Galaxy A12" }),
    ),
  );
  const quiz = passed(stage, profile);
  return { humans: [enrolled(stage, profile, { situation, attendance: [...laptop, ...phone], quiz })] };
}

function named(name: string): Situation {
  return (stage, situation) => {
    const profile = { ...stage.register.enrol(name), full: name };
    const attendance = registrantLines(stage, profile, stage.timing.whole());
    return { humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) })] };
  };
}

/** Two people of one name: one was there and passed, the other was there for half of it. */
function namesakes(stage: Stage, situation: string): Cast {
  const name = stage.register.rareName();
  const humans = [stage.timing.whole(), stage.timing.exactly(stage.timing.scheduled / 2)].map(
    (times): Human => {
      const profile = stage.register.enrol(name);
      const attendance = registrantLines(stage, profile, times);
      return enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) });
    },
  );
  return { humans };
}

/** Husband and wife on one address, each at a screen of their own. */
function shared(timesOf: (stage: Stage) => readonly [Times, Times]): Situation {
  return (stage, situation) => {
    const profile = stage.register.enrol(stage.register.rareName());
    const other = { ...profile, plain: stage.register.rareName() };
    const [mine, theirs] = timesOf(stage);
    const attendance = [
      ...registrantLines(stage, profile, mine),
      ...registrantLines(stage, other, theirs).filter((line) => line.stretch !== null),
    ];
    return {
      humans: [
        enrolled(stage, profile, { situation, shared: true, attendance, quiz: passed(stage, profile) }),
      ],
    };
  };
}

/** Zoom disconnects an attendee who becomes a panelist; a few seconds later the same person is there again. */
function promoted(stage: Stage, situation: string): Cast | null {
  if (!stage.webinar) return null;
  const profile = stage.register.enrol();
  const attendance = stage.timing.sessions.flatMap(({ start, end }, session) => {
    const change = start + stage.random.integer(1800, 3000);
    return [
      connection(session, profile, { join: start - 60, leave: change }),
      connection(session, profile, { join: change + 5, leave: end + 30 }, { section: "panelist" }),
    ];
  });
  return { humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) })] };
}

/** Waited through three quarters of the first session and was let in for the rest. */
function waited(stage: Stage, situation: string): Cast | null {
  if (!stage.waitingRoom) return null;
  const profile = stage.register.enrol();
  const [session] = stage.timing.sessions;
  if (session === undefined) return null;
  const letIn = session.start + (session.end - session.start) * 0.75;
  const attendance = [
    connection(0, profile, { join: session.start, leave: letIn }, { waiting: true }),
    connection(0, profile, { join: letIn, leave: session.end }),
  ];
  return { humans: [enrolled(stage, profile, { situation, attendance, quiz: passed(stage, profile) })] };
}

function rosterOnly(stage: Stage, situation: string): Cast | null {
  if (!stage.roster) return null;
  const profile = stage.register.enrol();
  return {
    humans: [enrolled(stage, profile, { situation, forms: [], roster: [rosterLine(stage, profile)] })],
  };
}
