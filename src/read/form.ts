import type { DateOrder, Identity, Interval, PresenceRow, RosterRow } from "../model/row.js";
import type { Column } from "./alias.js";
import { cleanText, isNothing } from "./clean.js";
import { inSheet } from "./grid.js";
import { Identities, isNobody } from "./identity.js";
import type { InputFile, Reading } from "./input.js";
import { Instants } from "./instant.js";
import { type Expectation, type Header, type Layout, recognise } from "./layout.js";
import { openInput } from "./open.js";
import { DateEvidence } from "./order.js";
import { respondentOf, respondentPlaces } from "./respondent.js";
import {
  eachRow,
  formColumns,
  hasNamed,
  missingColumns,
  type NamedColumns,
  namedTable,
  refuseNamedTwice,
  speakNamed,
} from "./table.js";
import { namesNobody, Tally } from "./tally.js";
import { readTime, seeTime } from "./time.js";
import { Zone } from "./zone.js";

export interface PresenceOptions {
  /** the id of the form in the event file */
  readonly form: string;
  readonly timezone: string;
  readonly dateOrder: DateOrder | null;
  readonly columns: NamedColumns | null;
  readonly sessions: readonly Interval[];
  /** the sheet of a workbook, where several could be meant */
  readonly sheet: string | null;
}

export interface RosterOptions {
  readonly list: RosterRow["list"];
  readonly columns: NamedColumns | null;
  readonly sheet: string | null;
}

const somebody: readonly Column[] = ["email", "name", "firstName", "nip"];

/** Forms that prove presence; the more particular first. */
const presenceLayouts: readonly Layout[] = [
  { format: "microsoft-forms", needs: [["began"], ["completed"], somebody] },
  { format: "google-forms", needs: [["timestamp"], somebody] },
  { format: "list", needs: [somebody] },
];

const times: readonly Column[] = ["timestamp", "completed"];

/** Lists that say who a person is. */
const rosterLayouts: readonly Layout[] = [
  { format: "zoom-registration", needs: [["email"], ["registered"], ["approval"]] },
  { format: "list", needs: [["name", "firstName"]] },
];

/** Answers of the organiser to a registration that make it none. */
const turnedDown = new Set([
  "denied",
  "cancelled",
  "canceled",
  "ditolak",
  "dibatalkan",
  "rechazado",
  "cancelado",
  "negado",
]);

/** Reads the answers to a form that proves presence: one row per answer. */
export async function readPresence(
  file: InputFile,
  how: PresenceOptions,
  sink: (row: PresenceRow) => void,
): Promise<Reading> {
  const input = await openInput(file, how.sheet);
  const header = await recognise(
    input,
    expectation(presenceLayouts, how.columns, "a form's answers with a name, an e-mail address or a NIP"),
  );
  return inSheet(header.grid, () => readAnswers(header, how, sink));
}

async function readAnswers(
  header: Header,
  how: PresenceOptions,
  sink: (row: PresenceRow) => void,
): Promise<Reading> {
  const { path } = header.grid;
  refuseNamedTwice(header, how.columns);
  const places = respondentPlaces(header.columns, how.columns);
  const timeAt = times.map((column) => header.columns.first(column)).find((at) => at >= 0) ?? -1;
  const evidence = new DateEvidence();
  await eachRow(
    header,
    ({ cells, line }) => seeTime(evidence, cells[timeAt], line),
    () => {},
  );
  const zone = new Zone(how.timezone);
  if (header.grid.sheet !== null) evidence.refuseHalfTurned(path, how.dateOrder);
  const dates = evidence.decide(path, how.dateOrder, how.sessions, zone);

  const tally = new Tally(header.grid);
  const identities = new Identities(tally);
  const instants = new Instants(path, dates, zone);
  await eachRow(
    header,
    ({ cells, line }) => {
      const who = identities.of(respondentOf(cells, places), line);
      if (!counts(who, tally)) return;
      sink({
        form: how.form,
        who,
        at: readTime(instants, tally, cells[timeAt], line),
        source: { file: path, line },
      });
    },
    (fault) => tally.fault(fault),
  );
  return tally.finish(header.layout.format, dates);
}

/** Reads the organiser's own list, or the registrations: what to print about each person. */
export async function readRoster(
  file: InputFile,
  how: RosterOptions,
  sink: (row: RosterRow) => void,
): Promise<Reading> {
  const input = await openInput(file, how.sheet);
  const header = await recognise(
    input,
    expectation(rosterLayouts, how.columns, "a list with a column of names (`Nama`, `Name`)"),
  );
  return inSheet(header.grid, () => readList(header, how, sink));
}

async function readList(
  header: Header,
  how: RosterOptions,
  sink: (row: RosterRow) => void,
): Promise<Reading> {
  const { columns, layout } = header;
  refuseNamedTwice(header, how.columns);
  const placeOf = (column: "institution" | "role") => {
    const named = how.columns?.[column];
    return named === undefined ? columns.first(column) : columns.named(named);
  };
  const places = respondentPlaces(columns, how.columns);
  const tally = new Tally(header.grid);
  const identities = new Identities(tally);
  await eachRow(
    header,
    ({ cells, line }) => {
      const status = (cells[columns.first("approval")] ?? "").trim().toLowerCase();
      if (turnedDown.has(status)) {
        tally.skip(`registration ${status}`);
        return;
      }
      const who = identities.of(respondentOf(cells, places), line);
      if (!counts(who, tally)) return;
      const institution = wordOf(cells[placeOf("institution")]);
      const role = wordOf(cells[placeOf("role")]);
      sink({ list: how.list, who, institution, role, source: { file: tally.file, line } });
    },
    (fault) => tally.fault(fault),
  );
  return tally.finish(layout.format, { order: null, because: null });
}

function expectation(
  layouts: readonly Layout[],
  columns: NamedColumns | null,
  accepted: string,
): Expectation {
  const hints = ["name the columns of this file in the event file: `columns: { name: …, email: …, nip: … }`"];
  const common = { format: null, hints, columnsOf: formColumns };
  if (columns === null) return { ...common, layouts, accepted };
  return {
    ...common,
    layouts: [...layouts, namedTable],
    accepted: `a row with the columns ${speakNamed(columns)}`,
    accepts: (found) => hasNamed(found, columns),
    explain: (input) => missingColumns(input, columns),
  };
}

/** Counts a row, unless it names nobody. */
function counts(who: Identity, tally: Tally): boolean {
  if (isNobody(who)) tally.skip(namesNobody);
  else tally.row();
  return !isNobody(who);
}

function wordOf(cell: string | undefined): string | null {
  const { text } = cleanText(cell ?? "");
  return isNothing(text) ? null : text;
}
