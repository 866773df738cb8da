import type { Identity } from "../model/row.js";
import { cleanEmail, cleanIdNumber, cleanText, isNothing } from "./clean.js";
import type { Tally } from "./tally.js";

/** The cells of a row that say who it is about, as they stand; `""` where there is none. */
export interface IdentityCells {
  readonly name: string;
  readonly registered?: string;
  readonly email: string;
  readonly typedEmail?: string;
  readonly nip?: string;
}

/** Whether a row says nothing at all about whom it means. */
export function isNobody({ name, email, nip, typedEmail }: Identity): boolean {
  return name === "" && email === null && nip === null && (typedEmail ?? null) === null;
}

const memoLimit = 200_000;

/**
 * Cleans who a row is about. The same person fills many rows of an export, so those seen are remembered, up to a limit:
 * it saves the cleaning, and the rows share one identity.
 */
export class Identities {
  readonly #tally: Tally;
  readonly #known = new Map<string, Identity>();

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  of(cells: IdentityCells, line: number): Identity {
    const key = `${cells.name}\n\n${cells.email}\n\n${cells.typedEmail ?? ""}\n\n${cells.nip ?? ""}\n\n${cells.registered ?? ""}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const who = this.#clean(cells, line);
    this.#tally.person(who);
    if (this.#known.size >= memoLimit) this.#known.clear();
    this.#known.set(key, who);
    return who;
  }

  #clean(cells: IdentityCells, line: number): Identity {
    const typed = cells.typedEmail === undefined ? {} : { typedEmail: own(cleanEmail(cells.typedEmail)) };
    const name = this.#name(cells.name, line);
    const registered = own(cleanText(cells.registered ?? "").text);
    return {
      name,
      ...(registered === "" || registered === name ? {} : { registered }),
      email: this.#email(cells.email, line),
      ...typed,
      nip: this.#nip(cells.nip ?? "", line),
    };
  }

  #name(cell: string, line: number): string {
    const { text, isSuspect } = cleanText(cell);
    if (isSuspect) {
      this.#tally.warn(
        "name-cleaned",
        `the name \`${text}\` held control characters, which were taken out`,
        line,
      );
    }
    if (text.includes("\ufffd")) {
      this.#tally.warn("name-damaged", `letters of the name \`${text}\` are lost in the file itself`, line);
    }
    return /^-+$/.test(text) ? "" : own(text);
  }

  #email(cell: string, line: number): string | null {
    const email = cleanEmail(cell);
    // user names and student numbers stand in such columns too, and are no mistake
    if (email === null && !isNothing(cell) && /@|\.(?:com|net|org|id)\b/i.test(cell)) {
      const shown = cleanText(cell).text.slice(0, 80);
      this.#tally.warn("email-unusable", `\`${shown}\` is no plain e-mail address and counts as none`, line);
    }
    return own(email);
  }

  #nip(cell: string, line: number): string | null {
    if (cell === "") return null;
    const { value, isDamaged } = cleanIdNumber(cell);
    if (isDamaged) {
      const message = `\`${cell.trim().slice(0, 40)}\` has lost digits in a spreadsheet and counts as no number`;
      this.#tally.warn("nip-damaged", message, line);
    }
    return own(value);
  }
}

/** A copy: a piece of a string keeps the whole chunk of the file in memory for as long as it lives. */
function own<T extends string | null>(text: T): T {
  return (text === null ? null : Buffer.from(text, "utf8").toString("utf8")) as T;
}
