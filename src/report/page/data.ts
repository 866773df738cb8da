import type { Decision } from "../../model/decision.js";
import type { Language } from "../../model/event.js";
import type { Check } from "../check.js";
import { labelsOf } from "../labels.js";
import { awardTitle, roleTitle } from "../phrase.js";
import { sentence } from "../sentence.js";
import { wordsOf } from "../words.js";
import { type ScriptLabels, scriptLabels } from "./wording.js";

/** One person for the table of the page. What is empty is left out: thirty thousand of them lie in one file. */
export interface PersonData {
  readonly key: string;
  readonly name: string;
  readonly emails?: readonly string[] | undefined;
  readonly nip?: string | undefined;
  readonly institution?: string | undefined;
  readonly role?: string | undefined;
  readonly outcome: Decision["outcome"];
  /** places in `awards` */
  readonly awards?: readonly number[] | undefined;
  /** seconds in each of `sessions` */
  readonly stay: readonly number[];
  /** the upper end, where only a range is known */
  readonly most?: readonly number[] | undefined;
  /** points, maximum, attempts for each of `quizzes` */
  readonly scores: readonly (readonly [number, number, number] | null)[];
  /** `1` or `0` for each of `forms` */
  readonly forms?: string | undefined;
  /** code and sentence, as places in `codes` and `texts` */
  readonly reasons?: readonly (readonly [number, number])[] | undefined;
  readonly aliases?: readonly string[] | undefined;
  /** a place in `files`, then its lines; once per file */
  readonly sources: readonly (readonly number[])[];
}

/** What the script of the page works with. */
export interface PageData {
  readonly language: Language;
  readonly labels: ScriptLabels;
  readonly awards: readonly string[];
  readonly sessions: readonly { readonly id: string; readonly length: number }[];
  readonly quizzes: readonly string[];
  readonly forms: readonly string[];
  readonly files: readonly string[];
  readonly codes: readonly { readonly code: string; readonly meaning: string }[];
  readonly texts: readonly string[];
  readonly people: readonly PersonData[];
}

export function pageData(check: Check): PageData {
  const keysOf = (of: "quizzes" | "presence") => [
    ...new Set(check.decisions.flatMap(({ figures }) => Object.keys(figures[of]))),
  ];
  const places = { quizzes: keysOf("quizzes"), forms: keysOf("presence") };
  const files = new Places();
  const codes = new Places();
  const texts = new Places();
  const people = check.decisions.map((decision) =>
    person(check, decision, { ...places, files, codes, texts }),
  );
  const words = wordsOf(check.language).codes;
  return {
    language: check.language,
    labels: scriptLabels(check.language),
    awards: check.awards.map((id) => awardTitle(check, id)),
    sessions: check.sessions.map(({ id, start, end }) => ({ id, length: end - start })),
    ...places,
    files: files.all,
    codes: codes.all.map((code) => ({ code, meaning: (words as Record<string, string>)[code] ?? code })),
    texts: texts.all,
    people,
  };
}

/** Each text once, known by its place. */
class Places {
  readonly all: string[] = [];
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.all.length);
    return this.all.push(text) - 1;
  }
}

interface Context {
  readonly quizzes: readonly string[];
  readonly forms: readonly string[];
  readonly files: Places;
  readonly codes: Places;
  readonly texts: Places;
}

function person(
  check: Check,
  decision: Decision,
  { quizzes, forms, files, codes, texts }: Context,
): PersonData {
  const { person, figures, reasons } = decision;
  const stays = check.sessions.map(({ id }) => figures.sessions[id]);
  const ranged = stays.some((stay) => stay?.secondsMax !== undefined && stay.secondsMax !== stay.seconds);
  const { roles } = labelsOf(check.language);
  return {
    key: person.key,
    name: person.name,
    emails: filled(person.emails),
    nip: person.nip ?? undefined,
    institution: person.institution ?? undefined,
    role:
      person.role === roles.participant || person.role === "participant"
        ? undefined
        : roleTitle(person.role, check.language),
    outcome: decision.outcome,
    awards:
      decision.outcome === "eligible" ? decision.awards.map((id) => check.awards.indexOf(id)) : undefined,
    stay: stays.map((stay) => stay?.seconds ?? 0),
    most: ranged ? stays.map((stay) => stay?.secondsMax ?? stay?.seconds ?? 0) : undefined,
    scores: quizzes.map((id) => {
      const figure = figures.quizzes[id];
      return figure === undefined ? null : [figure.points, figure.max, figure.attempts];
    }),
    forms:
      forms.length === 0 ? undefined : forms.map((form) => (figures.presence[form] ? "1" : "0")).join(""),
    reasons: filled(
      reasons.map((reason) => [codes.of(reason.code), texts.of(sentence(reason, check.language))] as const),
    ),
    aliases: filled(person.aliases),
    sources: sources(decision, files),
  };
}

function filled<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function sources({ person }: Decision, files: Places): number[][] {
  const byFile = new Map<string, number[]>();
  for (const { file, line } of person.sources) {
    const lines = byFile.get(file) ?? [files.of(file)];
    lines.push(line);
    byFile.set(file, lines);
  }
  return [...byFile.values()];
}
