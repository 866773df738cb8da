import { clockOf } from "./csv.js";
import { disguises, englishDisguises } from "./disguises.js";
import { englishQuestions, formatQuiz, formatRoster, indonesianQuestions } from "./forms.js";
import type { AttendanceLine, Bars, Human, Session } from "./human.js";
import { formatMeeting } from "./meeting.js";
import { openRegister } from "./names.js";
import { openEnglishRegister } from "./namesEnglish.js";
import { populateExactly } from "./population.js";
import { createRandom } from "./random.js";
import type { Stage } from "./stage.js";
import { type Timing, timingOf } from "./timing.js";
import { type Truth, truthsOf } from "./truth.js";
import { formatWebinar } from "./webinar.js";
import { allSituations, type World } from "./world.js";

/** The two sample events. Their `event.yaml` is written by hand; inputs and truth come from here. */

type Plan = Readonly<Record<string, number>>;

export function makeWebinarSample(): World {
  const session: Session = {
    id: "main",
    start: clockOf("2026-10-22", 8, 30),
    end: clockOf("2026-10-22", 11, 30),
  };
  const random = createRandom(20261022);
  const timing = timingOf([session], random);
  const register = openRegister(random);
  const stage = { ...common(timing, random, session), register, disguises, webinar: true, roster: true };
  const { humans, doubts } = populateExactly(stage, listed(webinarPlan));
  const meeting = { topic: "ASN Belajar Seri 12: Data Terbuka, Layanan Terpercaya", id: "847 5984 1045" };
  const report = formatWebinar(humans, session, 0, meeting, "webinar-padded", "utf-8-bom");
  const files = new Map([
    ["attendance/attendee_84759841045_2026_10_22.csv", report],
    ["quiz/post-test.csv", formatQuiz(humans, "sheet", indonesianQuestions, "utf-8")],
    [
      "roster.csv",
      formatRoster(
        humans.flatMap((human) => human.roster),
        "utf-8",
      ),
    ],
  ]);
  return sampleOf(files, truthsOf(humans, doubts, barsOf(session), "participant"));
}

export function makeMeetingSample(): World {
  const session: Session = {
    id: "clinic",
    start: clockOf("2026-09-15", 13, 0),
    end: clockOf("2026-09-15", 15, 0),
  };
  const random = createRandom(20260915);
  const timing = interrupted(timingOf([session], random), session);
  const register = openEnglishRegister(random);
  const stage = {
    ...common(timing, random, session),
    register,
    disguises: englishDisguises,
    webinar: false,
    roster: false,
  };
  const populated = populateExactly(stage, listed(meetingPlan));
  const cut = new Map(populated.humans.map((human) => [human, cutAtRestart(human, session)]));
  const humans = [...cut.values()];
  const doubts = populated.doubts.map(({ code, group, candidates }) => ({
    code,
    group: cut.get(group) ?? group,
    candidates: candidates.map((one) => cut.get(one) ?? one),
  }));
  const meeting = { topic: "Open Data Clinic: from spreadsheet, to public good", id: "962 1408 7753" };
  const before = { join: session.start - 1500, leave: session.start + restart.stopped };
  const after = { join: session.start + restart.resumed, leave: session.end + 600 };
  const files = new Map([
    [
      "attendance/participants_96214087753.csv",
      formatMeeting(humans, before, 0, meeting, "meeting-block", "en", "utf-8-bom"),
    ],
    [
      "attendance/participants_96214087753 (1).csv",
      formatMeeting(humans, after, 1, meeting, "meeting-plain", "en", "utf-8-bom"),
    ],
    ["quiz/clinic-quiz.csv", formatQuiz(humans, "download", englishQuestions, "utf-8")],
  ]);
  return sampleOf(files, truthsOf(humans, doubts, barsOf(session), "participant"));
}

/** One person a line, so that a change of the truth reads well in a diff. */
function sampleOf(files: Map<string, Uint8Array>, truth: readonly Truth[]): World {
  const text = `[\n${truth.map((one) => JSON.stringify(one)).join(",\n")}\n]\n`;
  files.set("truth.json", new Uint8Array(Buffer.from(text, "utf8")));
  return { files, truth };
}

function common(timing: Timing, random: Stage["random"], session: Session) {
  return { timing, random, waitingRoom: false, quiz: { max: 10, bar: 7 }, forms: [], end: session.end };
}

function barsOf(session: Session): Bars {
  return { sessions: [session], attendancePercent: 75, quizPercent: 70, presence: null };
}

function listed(plan: Plan) {
  return Object.entries(plan).map(([name, times]) => {
    const situation = Object.entries(allSituations).find(([one]) => one === name)?.[1];
    if (situation === undefined) throw new RangeError(`no situation ${name}`);
    return [name, situation, times] as const;
  });
}

/** The host's computer stopped; two and a half minutes later the same meeting ran again, in an export of its own. */
const restart = { stopped: 3607, resumed: 3757 };

/** Someone who is there for so many seconds stays longer by the interruption. */
function interrupted(timing: Timing, session: Session): Timing {
  const gap = restart.resumed - restart.stopped;
  const exactly = (seconds: number) =>
    timing.exactly(
      Math.min(seconds > restart.stopped ? seconds + gap : seconds, session.end - session.start),
    );
  return { ...timing, exactly };
}

function cutAtRestart(human: Human, session: Session): Human {
  const stopped = session.start + restart.stopped;
  const resumed = session.start + restart.resumed;
  const attendance = human.attendance.flatMap((line): AttendanceLine[] => {
    if (line.stretch === null) return [line];
    const { join, leave } = line.stretch;
    return [
      { ...line, session: 0, stretch: { join, leave: Math.min(leave, stopped) } },
      { ...line, session: 1, stretch: { join: Math.max(join, resumed), leave } },
    ].filter(({ stretch }) => stretch.join < stretch.leave);
  });
  return { ...human, attendance };
}

const webinarPlan: Plan = {
  "present-and-passed": 96,
  rejoined: 30,
  "two-devices-at-once": 20,
  "before-the-start-and-past-the-end": 14,
  "left-early": 18,
  "exactly-on-the-bar": 2,
  "one-second-short": 2,
  "on-the-bar-over-a-broken-line": 3,
  "gone-before-the-start": 2,
  "five-rejoins-of-ten-seconds": 2,
  "registered-and-absent": 52,
  "absent-but-passed-the-quiz": 2,
  "quiz-exactly-on-the-bar": 4,
  "quiz-one-point-short": 6,
  "no-quiz": 17,
  "best-of-three-attempts": 8,
  "three-attempts-all-short": 3,
  "quiz-opened-and-left": 2,
  "quiz-score-empty": 1,
  "quiz-left-then-passed": 2,
  "quiz-only": 3,
  "address-in-capitals": 9,
  "name-in-capitals": 9,
  "name-in-disguise": 14,
  "phone-as-second-device": 3,
  "name-starts-with-equals-sign": 1,
  "name-with-markup": 1,
  "name-with-quotes-and-commas": 1,
  "name-starts-with-number-sign": 1,
  "name-with-dotted-letters": 2,
  "same-name-two-addresses": 2,
  "address-shared-by-two-names": 1,
  "address-shared-but-short": 1,
  "promoted-to-panelist": 2,
  "roster-only": 3,
  "guest-of-a-unique-name": 3,
  "guest-lines-belong-to-an-address": 4,
  "guest-lines-beside-own-address": 3,
  "guest-among-two-namesakes": 1,
  "guest-among-two-short-namesakes": 1,
  "guest-among-namesakes-who-need-nothing": 1,
  "guest-of-a-similar-name": 2,
  "guest-of-a-similar-name-who-needs-nothing": 1,
  "device-name-only": 1,
  "other-device-name-only": 1,
  "telephone-number-only": 1,
  "device-name-only-and-short": 1,
  "roster-line-without-address": 2,
};

const meetingPlan: Plan = {
  "present-and-passed": 16,
  rejoined: 4,
  "two-devices-at-once": 3,
  "before-the-start-and-past-the-end": 2,
  "left-early": 3,
  "exactly-on-the-bar": 1,
  "one-second-short": 1,
  "gone-before-the-start": 1,
  "five-rejoins-of-ten-seconds": 1,
  "quiz-exactly-on-the-bar": 1,
  "quiz-one-point-short": 2,
  "no-quiz": 4,
  "best-of-three-attempts": 2,
  "quiz-opened-and-left": 1,
  "quiz-only": 1,
  "address-in-capitals": 1,
  "name-in-capitals": 1,
  "phone-as-second-device": 1,
  "same-name-two-addresses": 1,
  "address-shared-by-two-names": 1,
  "guest-of-a-unique-name": 4,
  "guest-lines-belong-to-an-address": 3,
  "guest-lines-beside-own-address": 1,
  "guest-among-two-namesakes": 1,
  "guest-of-a-similar-name": 1,
  "device-name-only": 1,
  "telephone-number-only": 1,
};
