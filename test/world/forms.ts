import { type Bytes, downloadTime, encodeCsv, sheetTime, sheetTimeIndonesian } from "./csv.js";
import type { Clock, FormLine, Human, QuizLine, RosterLine } from "./human.js";

/** Answers collected by Google Forms and the organiser's own list, as they are handed over. */

/** `bare`: scores without their maximum, which the event file then states. */
export type QuizShape = "sheet" | "download" | "indonesian" | "bare";

/** What the form asks besides the address: the same columns for everyone. */
export interface Questions {
  readonly name: string;
  /** the number of civil servants, where the form asks for it */
  readonly nip: string | null;
  readonly institution: string;
  readonly items: readonly { readonly text: string; readonly right: string; readonly wrong: string }[];
}

export const indonesianQuestions: Questions = {
  name: "Nama Lengkap (beserta gelar)",
  nip: "NIP",
  institution: "Instansi",
  items: [
    {
      text: "1. Data apa yang boleh dibagikan, dan kepada siapa?",
      right: "Data terbuka, kepada publik",
      wrong: "Semua",
    },
    {
      text: "  2. Sebutkan satu contoh layanan digital\n(yang pernah Anda pakai) ",
      right: "e-KTP, daring",
      wrong: "-",
    },
  ],
};

export const englishQuestions: Questions = {
  name: "Full name",
  nip: null,
  institution: "Organisation",
  items: [
    { text: "1. Which licence keeps a data set open?", right: "CC BY", wrong: "All rights reserved" },
    {
      text: "2. What belongs in a data dictionary, and why?",
      right: "Units, so that figures add up",
      wrong: "Logos",
    },
  ],
};

interface QuizLayout {
  readonly head: readonly [string, string, string];
  readonly time: (clock: Clock) => string;
  readonly score: (points: number, max: number) => string;
}

const outOf = (points: number, max: number): string => `${points} / ${max}`;
const quizLayouts: Readonly<Record<QuizShape, QuizLayout>> = {
  sheet: { head: ["Timestamp", "Email Address", "Score"], time: sheetTime, score: outOf },
  download: { head: ["Timestamp", "Email Address", "Score"], time: downloadTime, score: outOf },
  indonesian: { head: ["Stempel waktu", "Alamat Email", "Skor"], time: sheetTimeIndonesian, score: outOf },
  bare: { head: ["Timestamp", "Email address", "Score"], time: sheetTime, score: (points) => `${points}` },
};

export function formatQuiz(
  humans: readonly Human[],
  shape: QuizShape,
  questions: Questions,
  bytes: Bytes,
): Uint8Array {
  const { head, time, score } = quizLayouts[shape];
  const lines = inOrder(humans.flatMap((human) => human.quiz));
  const asked = [questions.name, ...(questions.nip === null ? [] : [questions.nip]), questions.institution];
  const rows = lines.map((line) => [
    time(line.time),
    line.email,
    line.score === null ? line.blank : score(line.score.points, line.score.max),
    line.name,
    ...(questions.nip === null ? [] : [line.nip || "-"]),
    line.institution,
    ...questions.items.map(({ right, wrong }, place) => (answeredRight(line, place) ? right : wrong)),
  ]);
  return encodeCsv([[...head, ...asked, ...questions.items.map((item) => item.text)], ...rows], bytes);
}

function answeredRight({ score }: QuizLine, place: number): boolean {
  return score !== null && score.points * 2 >= score.max * (place + 1);
}

export function formatPresence(lines: readonly FormLine[], bytes: Bytes): Uint8Array {
  const head = [
    "Timestamp",
    "Email Address",
    "Nama Lengkap (beserta gelar)",
    "NIP",
    "Instansi",
    "Mengikuti melalui",
  ];
  const rows = inOrder(lines).map((line) => [
    sheetTime(line.time),
    line.email,
    line.name,
    line.nip || "-",
    line.institution,
    line.time % 3 === 0 ? "YouTube" : "Zoom",
  ]);
  return encodeCsv([head, ...rows], bytes);
}

export function formatRoster(lines: readonly RosterLine[], bytes: Bytes): Uint8Array {
  const rows = lines.map((line) => [line.name, line.email, line.nip, line.institution, line.role]);
  return encodeCsv([["Nama", "Email", "NIP", "Instansi", "Peran"], ...rows], bytes);
}

function inOrder<Line extends { readonly time: Clock }>(lines: readonly Line[]): Line[] {
  return [...lines].sort((a, b) => a.time - b.time);
}
