import {
  type Bytes,
  encodeCsv,
  monthFirst,
  monthName,
  monthNameShort,
  quoted,
  type Raw,
  startedMinutes,
} from "./csv.js";
import type { AttendanceLine, Clock, Human, Session } from "./human.js";

/** What a webinar's report says above its sections. */
export interface Meeting {
  readonly topic: string;
  /** as Zoom groups it: `847 5984 1045` */
  readonly id: string;
}

/**
 * The two shapes of an attendee report. `padded`: every line filled up to the widest section, dates with the name of
 * the month, `--` for those who did not come. Otherwise dates are month first with AM and PM, and absence is an empty cell.
 */
export type WebinarShape = "webinar-padded" | "webinar";

interface Layout {
  readonly width: number;
  readonly time: (clock: Clock) => string | Raw;
  readonly head: (clock: Clock) => string | Raw;
  readonly generated: string;
  readonly registrants: string;
  readonly questions: readonly string[];
  readonly absent: readonly [string, string, string, string];
}

const layouts: Readonly<Record<WebinarShape, Layout>> = {
  "webinar-padded": {
    width: 14,
    time: monthName,
    head: monthNameShort,
    generated: "Report Generated:",
    registrants: "# Registered",
    questions: ['Jabatan (tulis "PPPK", bukan golongan)'],
    absent: ["--", "--", "--", "--"],
  },
  webinar: {
    width: 0,
    time: (clock) => ({ raw: quoted(monthFirst(clock)) }),
    head: (clock) => ({ raw: quoted(monthFirst(clock)) }),
    generated: "Report generated time",
    registrants: "# Registrants",
    questions: [],
    absent: ["", "", "0", "No"],
  },
};

const spanColumns = ["Join Time", "Leave Time", "Time in Session (minutes)"];
const staffColumns = [
  "Attended",
  "User Name (Original Name)",
  "Email",
  ...spanColumns,
  "Is Guest",
  "Country/Region Name",
];
const otherColumns = ["User Name", ...spanColumns, "Country/Region Name"];

type Row = (string | Raw)[];
interface Placed {
  readonly line: AttendanceLine;
  /** place of the human among all, from which the telephone and the time of registration follow */
  readonly number: number;
}

export function formatWebinar(
  humans: readonly Human[],
  session: Session,
  index: number,
  meeting: Meeting,
  shape: WebinarShape,
  bytes: Bytes,
): Uint8Array {
  const layout = layouts[shape];
  const sections: Record<AttendanceLine["section"], Placed[]> = {
    host: [],
    panelist: [],
    attendee: [],
    other: [],
  };
  humans.forEach((human, number) => {
    for (const line of human.attendance)
      if (line.session === index) sections[line.section].push({ line, number });
  });
  const rows: Row[] = [
    ["Attendee Report"],
    ...headRows(layout, sections, session, meeting),
    ["Host Details"],
    staffColumns,
    ...sections.host.map((placed) => staffRow(layout, placed)),
    ["Panelist Details"],
    staffColumns,
    ...sections.panelist.map((placed) => staffRow(layout, placed)),
    ["Attendee Details"],
    attendeeColumns(layout),
    ...sections.attendee.map((placed) => attendeeRow(layout, placed, session)),
  ];
  if (sections.other.length > 0) {
    rows.push(["Other Attended"], otherColumns, ...sections.other.map((placed) => otherRow(layout, placed)));
  }
  for (const row of rows) while (row.length < layout.width) row.push("");
  return encodeCsv(rows, bytes);
}

function headRows(
  layout: Layout,
  { attendee, panelist, host, other }: Readonly<Record<AttendanceLine["section"], readonly Placed[]>>,
  session: Session,
  { topic, id }: Meeting,
): Row[] {
  const registered = new Set(attendee.map((placed) => placed.number)).size;
  const viewers = new Set(attendee.filter(({ line }) => line.stretch !== null).map((placed) => placed.number))
    .size;
  const began = session.start - 1800;
  const minutes = startedMinutes(session.end + 1500 - began);
  const users = `${registered + panelist.length + host.length + other.length}`;
  const columns = [
    "Topic",
    "Webinar ID",
    "Actual Start Time",
    "Actual Duration (minutes)",
    layout.registrants,
  ];
  const cells: Row = [topic, id, layout.head(began), minutes, `${registered}`];
  const padded = layout.width > 0;
  return [
    [layout.generated, layout.head(session.end + 7620)],
    [
      ...columns,
      ...(padded ? ["# Cancelled"] : []),
      "Unique Viewers",
      "Total Users",
      ...(padded ? ["Max Concurrent Views", "Enable Registration"] : []),
    ],
    [...cells, ...(padded ? ["0"] : []), `${viewers}`, users, ...(padded ? [`${viewers}`, "Yes"] : [])],
  ];
}

function attendeeColumns({ questions }: Layout): Row {
  const names = ["Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Phone"];
  const registration = ["Registration Time", "Approval Status"];
  return [...names, ...registration, ...spanColumns, "Is Guest", ...questions, "Country/Region Name"];
}

function attendeeRow(layout: Layout, { line, number }: Placed, session: Session): Row {
  const space = line.registered.lastIndexOf(" ");
  const first = space < 0 ? line.registered : line.registered.slice(0, space);
  const last = space < 0 ? "" : line.registered.slice(space + 1);
  const registeredAt = session.start - 86_400 - ((number * 7919) % 600_000);
  const telephone = `+62813${`${20_000_000 + number * 13}`.padStart(8, "0")}`;
  const came = line.stretch === null ? "No" : "Yes";
  return [
    ...[came, line.name, first, last, line.email, telephone, layout.time(registeredAt), "approved"],
    ...spanCells(layout, line),
    ...layout.questions.map(() => "Pelaksana"),
    line.stretch === null ? "" : "Indonesia",
  ];
}

function staffRow(layout: Layout, { line }: Placed): Row {
  return [
    line.stretch === null ? "No" : "Yes",
    line.name,
    line.email,
    ...spanCells(layout, line),
    "Indonesia",
  ];
}

function otherRow(layout: Layout, { line }: Placed): Row {
  return [line.name, ...spanCells(layout, line).slice(0, 3), "Indonesia"];
}

/** Join, leave, minutes, guest. */
function spanCells(layout: Layout, { stretch, section }: AttendanceLine): Row {
  if (stretch === null) return [...layout.absent];
  const guest = section === "host" ? "No" : "Yes";
  const minutes = startedMinutes(stretch.leave - stretch.join);
  return [layout.time(stretch.join), layout.time(stretch.leave), minutes, guest];
}
