import { stringify } from "csv-stringify/sync";
import type { DraftSession } from "./session.js";

/** Somebody invented: when they were there, as parts of the session, and what they scored out of ten. */
interface Sample {
  readonly zoom: string;
  readonly form: string;
  readonly email: string;
  readonly stays: readonly (readonly [from: number, to: number])[];
  readonly score: number | null;
}

/** One of each kind: whole, with two devices, early and late, too short, below the bar, and without the quiz. */
const samples: readonly Sample[] = [
  {
    zoom: "SITI AMINAH",
    form: "Siti Aminah, S.Kep., Ns.",
    email: "siti.aminah@peserta.example",
    stays: [[-0.05, 1.04]],
    score: 9,
  },
  {
    zoom: "Budi Santoso_Dinas Pendidikan",
    form: "Budi Santoso, S.Pd.",
    email: "budi.santoso@peserta.example",
    stays: [
      [0, 0.5],
      [0.45, 1],
    ],
    score: 8,
  },
  {
    zoom: "I Ketut Wirawan",
    form: "I Ketut Wirawan",
    email: "ketut.wirawan@peserta.example",
    stays: [[0.1, 0.95]],
    score: 7,
  },
  {
    zoom: "Maria Goreti Tukan",
    form: "Maria Goreti Tukan, M.Si.",
    email: "maria.tukan@peserta.example",
    stays: [[0, 1.02]],
    score: 10,
  },
  {
    zoom: "andi",
    form: "Andi",
    email: "andi@peserta.example",
    stays: [[0.02, 0.99]],
    score: 8,
  },
  {
    zoom: "Rizky Pratama",
    form: "Rizky Pratama",
    email: "rizky.pratama@peserta.example",
    stays: [[0, 0.5]],
    score: 9,
  },
  {
    zoom: "Dewi Lestari Simanjuntak",
    form: "Dewi Lestari Simanjuntak",
    email: "dewi.simanjuntak@peserta.example",
    stays: [[0, 1]],
    score: 5,
  },
  {
    zoom: "Yohanes Wanggai",
    form: "",
    email: "yohanes.wanggai@peserta.example",
    stays: [[0, 1]],
    score: null,
  },
];

/** The attendance of a session as Zoom exports that of a webinar. */
export function sampleAttendance(title: string, session: DraftSession): string {
  const rows = samples.flatMap(({ zoom, email, stays }) =>
    stays.map(([from, to]) => [
      "Yes",
      zoom,
      email,
      zoomTime(session, from),
      zoomTime(session, to),
      Math.ceil(((to - from) * lengthOf(session)) / 60_000),
      "Yes",
      "Indonesia",
    ]),
  );
  return stringify([
    ["Attendee Report"],
    ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "Unique Viewers"],
    [
      title,
      "812 3456 7890",
      zoomTime(session, -0.05),
      Math.ceil((lengthOf(session) * 1.1) / 60_000),
      samples.length,
    ],
    ["Attendee Details"],
    [
      "Attended",
      "User Name (Original Name)",
      "Email",
      "Join Time",
      "Leave Time",
      "Time in Session (minutes)",
      "Is Guest",
      "Country/Region Name",
    ],
    ...rows,
  ]);
}

/** The scores as Google Forms exports them. */
export function sampleQuiz(session: DraftSession): string {
  const rows = samples.flatMap(({ form, email, score }, index) =>
    score === null
      ? []
      : [[moment(session, 1.02 + index / 500).replaceAll("-", "/"), email, `${score} / 10`, form]],
  );
  return stringify([["Timestamp", "Email Address", "Score", "Nama Lengkap (beserta gelar)"], ...rows]);
}

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function zoomTime(session: DraftSession, part: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+) (.+)$/.exec(moment(session, part)) ?? [];
  return `${months[Number(month) - 1]} ${day}, ${year} ${time}`;
}

/** The clock on the wall at some part of the session: no zone is involved. */
function moment(session: DraftSession, part: number): string {
  const at = new Date(clock(session, session.start) + Math.round(part * lengthOf(session)));
  return at.toISOString().slice(0, 19).replace("T", " ");
}

/** In milliseconds. */
function lengthOf(session: DraftSession): number {
  return clock(session, session.end) - clock(session, session.start);
}

function clock({ date }: DraftSession, time: string): number {
  return Date.parse(`${date}T${time}:00Z`);
}
