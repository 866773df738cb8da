import { Fault, type Place, refuse } from "../model/fault.js";
import { nearest } from "../model/yaml.js";

/** What placeholders stand for in one mail; `null` where there is nothing to say. */
export type Facts = (name: string) => string | null;

/** A text with `{{placeholders}}`, checked: all that it names is known. */
export interface MailTemplate {
  readonly text: string;
}

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * @param where a file as people know it, whose lines are counted; or the place where all of the text stands
 * @param known names without braces
 * @param isKnown tells of names that no list holds, as `certificate.fields.…`
 * @throws Fault or Faults, one for each placeholder that nothing is known of, with line and column
 */
export function parseTemplate(
  text: string,
  where: string | Place,
  known: readonly string[],
  isKnown: (name: string) => boolean,
): MailTemplate {
  const unified = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const placeOf = (at: number): Place => {
    if (typeof where !== "string") return where;
    const before = unified.slice(0, at);
    return {
      file: where,
      line: before.split("\n").length,
      column: before.length - before.lastIndexOf("\n"),
    };
  };
  const faults: Fault[] = [];
  for (const { 0: whole, 1: name = "", index } of unified.matchAll(placeholder)) {
    if (known.includes(name) || isKnown(name)) continue;
    const near = nearest(name, known);
    faults.push(
      new Fault("placeholder-unknown", `nothing is known of ${whole}`, {
        place: placeOf(index),
        hints: [near === undefined ? `known: ${known.join(", ")}` : `did you mean {{${near}}}?`],
      }),
    );
  }
  // the event file has patterns with one brace, and three thousand people would read what nobody filled in
  for (const { 0: whole, 1: name = "", index } of unified.matchAll(/(?<!\{)\{([a-z][a-z_.]*)\}(?!\})/g)) {
    const meant = known.find((each) => each === name || each.endsWith(`.${name}`));
    if (meant === undefined) continue;
    faults.push(
      new Fault("placeholder-unknown", `${whole} would stand there as it is`, {
        place: placeOf(index),
        hints: [`placeholders have two braces: {{${meant}}}`],
      }),
    );
  }
  refuse(faults);
  return { text: unified };
}

/** How the parts of a text are written: its own words, and what placeholders stand for. */
export interface Script {
  readonly words: (text: string) => string;
  readonly fact: (value: string, name: string) => string;
}

/**
 * The lines of a text, filled in. A line of which every placeholder has nothing to say goes, so that no label stands alone,
 * and with it a blank line that would stand twice.
 */
export function fillLines({ text }: MailTemplate, facts: Facts, { words, fact }: Script): string[] {
  const filled: string[] = [];
  for (const line of text.trim().split("\n")) {
    // words and names by turns
    const parts = line.split(placeholder);
    const values = parts.map((part, at) => (at % 2 === 1 ? facts(part) : null));
    if (parts.length > 1 && values.every((value) => value === null)) continue;
    const written = parts.map((part, at) =>
      at % 2 === 0 ? words(part) : fact(plain(values[at] ?? ""), part),
    );
    const whole = written.join("").trimEnd();
    if (whole !== "" || filled.at(-1) !== "") filled.push(whole);
  }
  return filled;
}

const asText: Script = { words: (text) => text, fact: (value) => value };

/** Fills in plain text. */
export function fillText(template: MailTemplate, facts: Facts): string {
  return fillLines(template, facts, asText).join("\n").trim();
}

/** Fills in HTML: a fact is text there, whatever a stranger has typed. */
export function fillHtml({ text }: MailTemplate, facts: Facts): string {
  return text.replace(placeholder, (_, name: string) => escapeHtml(facts(name) ?? ""));
}

/** Fills in a header: one line. */
export function fillLine(template: MailTemplate, facts: Facts): string {
  return plain(fillText(template, facts)).replace(/\s+/g, " ").trim();
}

/** Nothing that moves what stands around it, and no end of line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, " ");
}

export function escapeHtml(text: string): string {
  return plain(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
