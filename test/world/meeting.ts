import { type Bytes, encodeCsv, monthFirst, quoted, type Raw, startedMinutes } from "./csv.js";
import type { AttendanceLine, Clock, Human, Stretch } from "./human.js";
import type { Meeting } from "./webinar.js";

/**
 * A meeting's list of participants, one row per connection. `meeting-legacy`: title-case headers under the older
 * block. `meeting-block`: today's headers under today's block. `meeting-plain`: today's headers alone, all columns.
 */
export type MeetingShape = "meeting-legacy" | "meeting-block" | "meeting-plain";

type Row = (string | Raw)[];

interface Words {
  readonly block: readonly string[];
  readonly columns: readonly string[];
  readonly full: readonly string[];
  readonly yes: string;
  readonly no: string;
}

const english: Words = {
  block: ["Topic", "ID", "Host", "Duration (minutes)", "Start time", "End time", "Participants"],
  columns: ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)"],
  full: ["Guest", "Recording disclaimer response", "In waiting room"],
  yes: "Yes",
  no: "No",
};
const indonesian: Words = {
  block: ["Topik", "ID", "Nama host", "Durasi (menit)", "Waktu mulai", "Waktu berakhir", "Peserta"],
  columns: ["Nama (nama asli)", "Email", "Waktu bergabung", "Waktu keluar", "Durasi (menit)"],
  full: ["Tamu", "Respons penafian rekaman", "Di ruang tunggu"],
  yes: "Ya",
  no: "Tidak",
};

/** @param ran from when to when the meeting itself ran, as its block says */
export function formatMeeting(
  humans: readonly Human[],
  ran: Stretch,
  index: number,
  meeting: Meeting,
  shape: MeetingShape,
  language: "en" | "id",
  bytes: Bytes,
): Uint8Array {
  const lines = humans.flatMap((human) => human.attendance.filter((line) => line.session === index));
  const connections = lines.filter((line) => line.stretch !== null);
  if (shape === "meeting-legacy") return encodeCsv(legacyRows(connections, ran, meeting), bytes);
  const words = language === "id" ? indonesian : english;
  const block = shape === "meeting-block" ? blockRows(words, connections, ran, meeting) : [];
  const whole = shape === "meeting-plain";
  const header = [...words.columns, ...(whole ? words.full : [])];
  return encodeCsv([...block, header, ...connections.map((line) => currentRow(words, line, whole))], bytes);
}

/** Blank line and trailing commas as Zoom wrote them. */
function legacyRows(lines: readonly AttendanceLine[], ran: Stretch, { topic, id }: Meeting): Row[] {
  const minutes = startedMinutes(ran.leave - ran.join);
  return [
    ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants", ""],
    [
      id.replaceAll(" ", ""),
      topic,
      monthFirst(ran.join),
      monthFirst(ran.leave),
      hostOf(lines),
      minutes,
      `${lines.length}`,
      "",
    ],
    [],
    [
      "Name (Original Name)",
      "User Email",
      "Join Time",
      "Leave Time",
      "Duration (Minutes)",
      "Guest",
      "Recording Consent",
    ],
    ...lines.map(({ name, email, stretch, section }): Row => {
      const [join, leave, minutes] = timesOf(stretch, (clock) => monthFirst(clock));
      return [name, email, join, leave, minutes, section === "host" ? "No" : "Yes", "Y"];
    }),
  ];
}

function blockRows(
  words: Words,
  lines: readonly AttendanceLine[],
  ran: Stretch,
  { topic, id }: Meeting,
): Row[] {
  const minutes = startedMinutes(ran.leave - ran.join);
  const host = lines.find((line) => line.section === "host");
  return [
    [...words.block],
    [
      topic,
      id.replaceAll(" ", ""),
      host === undefined ? "" : `${host.name} (${host.email})`,
      minutes,
      always(ran.join),
      always(ran.leave),
      `${lines.length}`,
    ],
    [],
  ];
}

function currentRow(
  words: Words,
  { name, email, stretch, section, waiting }: AttendanceLine,
  whole: boolean,
): Row {
  const [join, leave, minutes] = timesOf(stretch, always);
  const more = [section === "host" ? words.no : words.yes, "", waiting ? words.yes : words.no];
  return [name, email, join, leave, minutes, ...(whole ? more : [])];
}

/** Today's exports put every date in quotes. */
function always(clock: Clock): Raw {
  return { raw: quoted(monthFirst(clock)) };
}

function timesOf(
  stretch: AttendanceLine["stretch"],
  time: (clock: Clock) => string | Raw,
): readonly [string | Raw, string | Raw, string] {
  if (stretch === null) throw new RangeError("a meeting's export has no line for those who did not come");
  return [time(stretch.join), time(stretch.leave), startedMinutes(stretch.leave - stretch.join)];
}

function hostOf(lines: readonly AttendanceLine[]): string {
  return lines.find((line) => line.section === "host")?.email ?? "";
}
