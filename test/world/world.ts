import { type Bytes, clockOf, isoMinute } from "./csv.js";
import { disguises } from "./disguises.js";
import {
  englishQuestions,
  formatPresence,
  formatQuiz,
  formatRoster,
  indonesianQuestions,
  type QuizShape,
} from "./forms.js";
import { guestSituations } from "./guests.js";
import type { Bars, Human, Session, Stretch } from "./human.js";
import { formatMeeting, type MeetingShape } from "./meeting.js";
import { openRegister } from "./names.js";
import { populate } from "./population.js";
import { createRandom } from "./random.js";
import { situations } from "./situations.js";
import type { Stage } from "./stage.js";
import { timingOf } from "./timing.js";
import { type Truth, truthsOf } from "./truth.js";
import { formatWebinar, type WebinarShape } from "./webinar.js";

export interface WorldOptions {
  /** at least so many people, and never fewer than the situations need; 300 unless said */
  readonly people?: number;
  /** `webinar` unless said */
  readonly shape?: WebinarShape | MeetingShape;
  /** of the event and, in today's meeting exports, of the headers; a webinar's sections are always English */
  readonly language?: "en" | "id";
  /** `sheet` unless said; `none`: attendance decides alone */
  readonly quiz?: QuizShape | "none";
  /** forms of presence `awal` and `akhir`, of which so many must be answered; 0 unless said */
  readonly presence?: 0 | 1 | 2;
  readonly roster?: boolean;
  /** two: two hours on `day` and one on the day after */
  readonly sessions?: 1 | 2;
  /** 2024-10-24 unless said */
  readonly day?: string;
  readonly bytes?: Bytes;
  /** only these situations */
  readonly only?: readonly string[];
}

export interface World {
  /** `event.yaml` and what it names, by path with forward slashes */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** everyone whom any of the files mentions */
  readonly truth: readonly Truth[];
}

/** The situations that a world can be made of, by name. */
export const allSituations = { ...situations, ...guestSituations };

const meeting = { topic: "Literasi Data: dari tabel, menuju kebijakan", id: "847 5984 1045" };

/** An invented event: its files as the tools write them, and what must come out for every single person. */
export function makeWorld(seed: number, options: WorldOptions = {}): World {
  const settings = settle(options);
  const random = createRandom(seed);
  const chosen = Object.entries(allSituations).filter(([name]) => options.only?.includes(name) ?? true);
  const { humans, doubts } = populate(stageOf(settings, random), chosen, settings.people);
  const bars: Bars = {
    sessions: settings.sessions,
    attendancePercent: 75,
    quizPercent: settings.quiz === "none" ? null : 70,
    presence: settings.presence === 0 ? null : { forms: presenceForms, needed: settings.presence },
  };
  return { files: filesOf(settings, humans), truth: truthsOf(humans, doubts, bars, "participant") };
}

interface Settings {
  readonly people: number;
  readonly shape: WebinarShape | MeetingShape;
  readonly language: "en" | "id";
  readonly quiz: QuizShape | "none";
  readonly presence: 0 | 1 | 2;
  readonly roster: boolean;
  readonly sessions: readonly Session[];
  readonly bytes: Bytes;
}

const presenceForms = ["awal", "akhir"];

function settle(options: WorldOptions): Settings {
  return {
    people: options.people ?? 300,
    shape: options.shape ?? "webinar",
    language: options.language ?? "id",
    quiz: options.quiz ?? "sheet",
    presence: options.presence ?? 0,
    roster: options.roster ?? false,
    sessions: sessionsOn(options.day ?? "2024-10-24", options.sessions ?? 1),
    bytes: options.bytes ?? "utf-8",
  };
}

function sessionsOn(day: string, count: 1 | 2): Session[] {
  const start = clockOf(day, 8, 30);
  if (count === 1) return [{ id: "main", start, end: start + 3 * 3600 }];
  const nextDay = start + 86_400;
  return [
    { id: "day1", start, end: start + 2 * 3600 },
    { id: "day2", start: nextDay, end: nextDay + 3600 },
  ];
}

function stageOf(settings: Settings, random: Stage["random"]): Stage {
  const timing = timingOf(settings.sessions, random);
  return {
    random,
    timing,
    register: openRegister(random),
    disguises,
    webinar: isWebinar(settings.shape),
    waitingRoom: settings.shape === "meeting-plain",
    quiz:
      settings.quiz === "none"
        ? null
        : settings.quiz === "bare"
          ? { max: 100, bar: 70 }
          : { max: 10, bar: 7 },
    forms: settings.presence === 0 ? [] : presenceForms,
    roster: settings.roster,
    end: Math.max(...settings.sessions.map((session) => session.end)),
  };
}

function isWebinar(shape: WebinarShape | MeetingShape): shape is WebinarShape {
  return shape === "webinar" || shape === "webinar-padded";
}

function filesOf(settings: Settings, humans: readonly Human[]): Map<string, Uint8Array> {
  const { shape, language, bytes, quiz } = settings;
  const files = new Map<string, Uint8Array>();
  files.set("event.yaml", new Uint8Array(Buffer.from(eventFile(settings), "utf8")));
  settings.sessions.forEach((session, index) => {
    const day = isoMinute(session.start).slice(0, 10).replaceAll("-", "_");
    const id = meeting.id.replaceAll(" ", "");
    if (isWebinar(shape)) {
      const report = formatWebinar(humans, session, index, meeting, shape, bytes);
      files.set(`attendance/attendee_${id}_${day}.csv`, report);
    } else {
      const list = formatMeeting(humans, ranAround(session), index, meeting, shape, language, bytes);
      files.set(`attendance/participants_${id}_${day}.csv`, list);
    }
  });
  const questions = language === "id" ? indonesianQuestions : englishQuestions;
  if (quiz !== "none") files.set("quiz/post-test.csv", formatQuiz(humans, quiz, questions, bytes));
  const forms = humans.flatMap((human) => human.forms);
  for (const form of settings.presence === 0 ? [] : presenceForms) {
    files.set(
      `presence/${form}.csv`,
      formatPresence(
        forms.filter((line) => line.form === form),
        bytes,
      ),
    );
  }
  if (settings.roster)
    files.set(
      "roster.csv",
      formatRoster(
        humans.flatMap((human) => human.roster),
        bytes,
      ),
    );
  return files;
}

/** The host opens the room half an hour early and closes it late. */
function ranAround({ start, end }: Session): Stretch {
  return { join: start - 1800, leave: end + 1500 };
}

function eventFile({ language, sessions, quiz, presence, roster }: Settings): string {
  const lines = [
    "event:",
    "  id: dunia-uji",
    `  title: ${JSON.stringify(meeting.topic)}`,
    `  language: ${language}`,
    "  timezone: Asia/Jakarta",
    "  sessions:",
    ...sessions.map(
      ({ id, start, end }) => `    - { id: ${id}, start: ${isoMinute(start)}, end: ${isoMinute(end)} }`,
    ),
    "issuer: { name: Badan Pelatihan Aparatur Provinsi Nusa Raya, url: https://bpa.nusaraya.example }",
    "inputs:",
    "  attendance: attendance/*.csv",
    ...(quiz === "none"
      ? []
      : [`  quizzes: { post-test: { files: quiz/*.csv${quiz === "bare" ? ", max: 100" : ""} } }`]),
    ...(presence === 0 ? [] : ["  presence: { awal: presence/awal.csv, akhir: presence/akhir.csv }"]),
    ...(roster ? ["  roster: roster.csv"] : []),
    "awards:",
    "  - id: participant",
    "    when:",
    "      attendance: { min_percent: 75 }",
    ...(quiz === "none" ? [] : ["      quizzes: { post-test: { min_percent: 70 } }"]),
    ...(presence === 0 ? [] : [`      presence: { min: ${presence}, of: [awal, akhir] }`]),
    ...(roster ? ["      role: [participant, peserta]"] : []),
    'certificate: { number: "{seq:4}/{event.id}/{month:roman}/{year}" }',
    "verify: { url: https://sertifikat.bpa.nusaraya.example/v }",
  ];
  return `${lines.join("\n")}\n`;
}
