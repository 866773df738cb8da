import { cleanEmail, isNothing } from "./clean.js";
import type { Columns } from "./column.js";
import type { IdentityCells } from "./identity.js";
import type { NamedColumns } from "./table.js";

/** Where a form or list says who a row is about. Several columns may; -1 and empty lists: none does. */
export interface RespondentPlaces {
  /** the collected address first, then those that were typed */
  readonly emails: readonly number[];
  readonly names: readonly number[];
  readonly firstName: number;
  readonly lastName: number;
  readonly nip: number;
}

/** A column that the organiser named stands in for all that were recognised. */
export function respondentPlaces(columns: Columns, named: NamedColumns | null): RespondentPlaces {
  const name = named?.name === undefined ? -1 : columns.named(named.name);
  const emails = columns.all("email");
  const email = named?.email === undefined ? -1 : columns.named(named.email);
  return {
    emails: email < 0 ? emails : [email, ...emails.filter((at) => at !== email)],
    names: name < 0 ? withTitlesFirst(columns) : [name],
    firstName: name < 0 ? columns.first("firstName") : -1,
    lastName: name < 0 ? columns.first("lastName") : -1,
    nip: named?.nip === undefined ? columns.first("nip") : columns.named(named.nip),
  };
}

/** Where a form asks for the name with and without academic titles, the certificate bears them. */
function withTitlesFirst(columns: Columns): number[] {
  const hasTitles = (at: number) =>
    Number(
      /(?:dan|dengan|beserta|berikut|serta|&|[+]) gelar|with (?:academic )?titles?/.test(
        columns.headers[at] ?? "",
      ),
    );
  return [...columns.all("name")].sort((a, b) => hasTitles(b) - hasTitles(a));
}

/** The cells of one row that say who it is about. */
export function respondentOf(cells: readonly string[], places: RespondentPlaces): IdentityCells {
  const [collected = "", ...typed] = places.emails.map((at) => cells[at] ?? "");
  const other = typed.find((cell) => cleanEmail(cell) !== null && cleanEmail(cell) !== cleanEmail(collected));
  // where none was collected, the one that was typed is all there is
  const isTypedOnly = isNothing(collected) && other !== undefined;
  const typedEmail = isTypedOnly ? undefined : other;
  return {
    name: nameOf(cells, places),
    email: isTypedOnly ? other : collected,
    ...(typedEmail === undefined ? {} : { typedEmail }),
    nip: cells[places.nip] ?? "",
  };
}

/** The first column that holds a name; else first and last name, where some schools put an address or a number. */
function nameOf(cells: readonly string[], { names, firstName, lastName }: RespondentPlaces): string {
  const whole = names.map((at) => cells[at] ?? "").find((cell) => !isNothing(cell));
  if (whole !== undefined) return whole;
  return [cells[firstName] ?? "", cells[lastName] ?? ""]
    .map((cell) => cell.trim())
    .filter((cell) => !isNothing(cell) && cleanEmail(cell) === null)
    .join(" ");
}
