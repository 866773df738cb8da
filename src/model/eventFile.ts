import { applyChange, type Change } from "./change.js";
import type { Conditions, EventFile } from "./event.js";
import { eventSchema } from "./event.js";
import { Fault, type Place, refuse } from "./fault.js";
import type { Interval } from "./row.js";
import { type Locate, nearest, parseYaml } from "./yaml.js";
import { localDate, parseLocal } from "./zone.js";

/** An event as its file states it, checked as a whole. Paths are still relative to the file. */
export interface Event {
  readonly config: EventFile;
  readonly sessions: readonly (Interval & { readonly id: string })[];
  /** ISO date that is printed and signed: as configured, else the day of the last session */
  readonly date: string;
  /** ISO dates of the first and last day, in the event's time zone */
  readonly days: { readonly start: string; readonly end: string };
  readonly locate: Locate;
  /** what is otherwise than in the file; only `check` looks at such an event */
  readonly changes: readonly Changed[];
}

/** A what-if, and what the file says instead. */
export interface Changed extends Change {
  readonly before: unknown;
}

/**
 * Parses `event.yaml`.
 *
 * @param file as the person knows it, for places
 * @param changes what-ifs, made before the file is checked
 * @throws Fault or Faults: everything that is wrong with the file, with line and column
 */
export function parseEvent(text: string, file: string, changes: readonly Change[] = []): Event {
  const changed: Changed[] = [];
  const shown = changes.length === 0 ? file : `${file} (with --set)`;
  const { value: config, locate } = parseYaml(text, shown, eventSchema, (document) => {
    for (const change of changes) changed.push({ ...change, before: applyChange(document, change) });
  });
  const faults: Fault[] = [];
  const sessions = config.event.sessions.map((session, index) => {
    const at = locate(["event", "sessions", index]);
    const start = moment(session.start, config.event.timezone, at, faults);
    const end = moment(session.end, config.event.timezone, at, faults);
    if (end <= start && faults.length === 0) {
      faults.push(
        new Fault("session-reversed", `session "${session.id}" ends before it starts`, { place: at }),
      );
    }
    return { id: session.id, start, end };
  });
  faults.push(...duplicates(config, locate), ...danglingRules(config, locate));
  refuse(faults);
  const days = {
    start: localDate(Math.min(...sessions.map((session) => session.start)), config.event.timezone),
    end: localDate(Math.max(...sessions.map((session) => session.end)) - 1, config.event.timezone),
  };
  const date = config.certificate.date ?? days.end;
  refuse(
    isDate(date)
      ? []
      : [
          new Fault("date-invalid", `"${date}" is no date of the calendar`, {
            place: locate(["certificate", "date"]),
          }),
        ],
  );
  return { config, sessions, date, days, locate, changes: changed };
}

function moment(text: string, timezone: string, place: Place, faults: Fault[]): number {
  try {
    return parseLocal(text, timezone);
  } catch {
    faults.push(new Fault("date-invalid", `"${text}" is no date and time of the calendar`, { place }));
    return 0;
  }
}

function isDate(text: string): boolean {
  try {
    return localDate(parseLocal(text, "UTC"), "UTC") === text;
  } catch {
    return false;
  }
}

function duplicates(config: EventFile, locate: Locate): Fault[] {
  const seen = (path: PropertyKey[], ids: readonly string[]) =>
    ids.flatMap((id, index) =>
      ids.indexOf(id) === index
        ? []
        : [
            new Fault("id-repeated", `"${id}" stands twice under \`${path.join(".")}\``, {
              place: locate([...path, index]),
            }),
          ],
    );
  return [
    ...seen(
      ["event", "sessions"],
      config.event.sessions.map((session) => session.id),
    ),
    ...seen(
      ["awards"],
      config.awards.map((award) => award.id),
    ),
  ];
}

/** A rule that names a session, quiz or form that the event does not have could never be met. */
function danglingRules(config: EventFile, locate: Locate): Fault[] {
  const known = {
    session: config.event.sessions.map((session) => session.id),
    quiz: Object.keys(config.inputs.quizzes ?? {}),
    form: Object.keys(config.inputs.presence ?? {}),
  };
  const faults: Fault[] = [];
  const check = (kind: keyof typeof known, name: string, path: readonly PropertyKey[]): void => {
    if (known[kind].includes(name)) return;
    const near = nearest(name, known[kind]);
    const hints =
      near === undefined ? [`known: ${known[kind].join(", ") || "none"}`] : [`did you mean "${near}"?`];
    faults.push(
      new Fault("name-unknown", `the rule names the ${kind} "${name}", which the event does not have`, {
        place: locate(path),
        hints,
      }),
    );
  };
  const visit = (when: Conditions, path: readonly PropertyKey[]): void => {
    if (when.attendance !== undefined && config.inputs.attendance.length === 0)
      faults.push(
        new Fault("input-missing", "the rule asks for attendance, and `inputs.attendance` names no export", {
          place: locate([...path, "attendance"]),
          hints: ["name the export, or take the rule away"],
        }),
      );
    for (const id of when.attendance?.sessions?.of ?? [])
      check("session", id, [...path, "attendance", "sessions", "of"]);
    for (const quiz of Object.keys(when.quizzes ?? {})) check("quiz", quiz, [...path, "quizzes", quiz]);
    const presence = when.presence;
    for (const form of presence === undefined ? [] : "forms" in presence ? presence.forms : presence.of)
      check("form", form, [...path, "presence"]);
    const { sessions } = when.attendance ?? {};
    if (sessions !== undefined)
      faults.push(...unreachable("sessions", sessions, locate([...path, "attendance", "sessions"])));
    if (presence !== undefined && "of" in presence)
      faults.push(...unreachable("forms", presence, locate([...path, "presence"])));
    for (const [index, each] of (when.any ?? []).entries()) visit(each, [...path, "any", index]);
  };
  for (const [index, award] of config.awards.entries()) visit(award.when, ["awards", index, "when"]);
  for (const [index, input] of config.inputs.attendance.entries()) {
    if (input.session !== undefined)
      check("session", input.session, ["inputs", "attendance", index, "session"]);
  }
  return faults;
}

/** Three of two sessions nobody can attend, and one session twice is one. */
function unreachable(
  what: string,
  rule: { readonly min: number; readonly of: readonly string[] },
  place: Place,
) {
  const twice = rule.of.find((id, index) => rule.of.indexOf(id) !== index);
  if (twice !== undefined)
    return [new Fault("id-repeated", `"${twice}" stands twice among the ${what} of the rule`, { place })];
  if (rule.min <= rule.of.length) return [];
  return [
    new Fault(
      "rule-unreachable",
      `the rule asks for ${rule.min} of ${rule.of.length} ${what}: nobody can meet it`,
      {
        place,
        hints: [`expected \`min\` from 1 to ${rule.of.length}`],
      },
    ),
  ];
}
