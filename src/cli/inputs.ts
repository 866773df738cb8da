import { Personas } from "../match/persona.js";
import { Fault, Faults, refuse, type Warning } from "../model/fault.js";
import type { InputSummary } from "../model/row.js";
import { readAttendance } from "../read/attendance.js";
import { readPresence, readRoster } from "../read/form.js";
import type { Reading } from "../read/input.js";
import { readQuiz } from "../read/quiz.js";
import { RepeatedAnswers } from "../read/repeated.js";
import { type KeyedQuiz, readKeys } from "./answerKeys.js";
import type { EventFolder } from "./eventFolder.js";
import { type FolderFile, hashFile, inputFiles, watched } from "./files.js";
import { lasting } from "./progress.js";
import type { Talk } from "./talk.js";

/** All inputs of an event, gathered by person. */
export interface Gathered {
  readonly personas: Personas;
  readonly inputs: readonly InputSummary[];
  readonly warnings: readonly Warning[];
}

/** One file to read and how: everything but the file is bound already. */
interface Task {
  readonly kind: string;
  readonly file: FolderFile;
  readonly read: (file: FolderFile) => Promise<Reading>;
}

/**
 * Reads every input of the event.
 *
 * Files of the same bytes count once for each purpose: a second download must not count a person twice.
 *
 * @param talk how it is told that this takes long
 * @throws Fault or Faults of all files together, so that one run shows all of it
 */
export async function gather(folder: EventFolder, talk: Talk = { quiet: true }): Promise<Gathered> {
  const personas = new Personas();
  const inputs: InputSummary[] = [];
  const warnings: Warning[] = [];
  const faults: Fault[] = [];
  const seen = new Map<string, InputSummary>();
  const keyed = readKeys(folder);
  inputs.push(...keyed.map(({ summary }) => summary));
  warnings.push(...keyed.flatMap((each) => each.warnings));
  const all = tasks(folder, personas, keyed);
  const bytes = all.reduce((sum, { file }) => sum + file.size, 0);
  const bar = lasting("reading", bytes, talk, "bytes");
  for (const task of all) {
    // reading hashes as well; only files of one length can be the same, and only they are read once more for it
    const hasTwin = all.some((other) => other !== task && other.file.size === task.file.size);
    const first = hasTwin ? seen.get(`${task.kind} ${await hashFile(task.file)}`) : undefined;
    if (first !== undefined) {
      inputs.push({
        ...first,
        path: task.file.path,
        rows: 0,
        skipped: 0,
        skippedBecause: {},
        people: 0,
        duplicateOf: first.path,
      });
      continue;
    }
    try {
      const reading = await task.read(watched(task.file, bar));
      seen.set(`${task.kind} ${reading.summary.sha256}`, reading.summary);
      inputs.push(reading.summary);
      warnings.push(...reading.warnings);
    } catch (error) {
      if (error instanceof Fault) faults.push(error);
      else if (error instanceof Faults) faults.push(...error.faults);
      else throw error;
    }
  }
  bar.end();
  refuse(faults);
  for (const { sheets } of keyed) warnings.push(...sheets.finish((row) => personas.addQuiz(row)));
  return { personas, inputs, warnings };
}

function tasks(folder: EventFolder, personas: Personas, keyed: readonly KeyedQuiz[]): Task[] {
  return [
    ...attendanceTasks(folder, personas),
    ...quizTasks(folder, personas, keyed),
    ...presenceTasks(folder, personas),
    ...listTasks(folder, personas),
  ];
}

function attendanceTasks({ dir, event }: EventFolder, personas: Personas): Task[] {
  const { config, sessions, locate } = event;
  return config.inputs.attendance.flatMap((input) => {
    const how = {
      timezone: input.timezone ?? config.event.timezone,
      dateOrder: input.date_order ?? null,
      session: input.session ?? null,
      sessions,
      format: input.format ?? null,
    };
    const files = inputFiles(dir, input.files, locate(["inputs", "attendance"]));
    return eachSheet(files, input.sheet).map(({ file, sheet }) => ({
      kind: `attendance ${input.session ?? ""} ${sheet ?? ""}`,
      file,
      read: (file) => readAttendance(file, { ...how, sheet }, (row) => personas.addAttendance(row)),
    }));
  });
}

function quizTasks({ dir, event }: EventFolder, personas: Personas, keyed: readonly KeyedQuiz[]): Task[] {
  const { config, sessions, locate } = event;
  const repeated = new RepeatedAnswers();
  return Object.entries(config.inputs.quizzes ?? {}).flatMap(([quiz, input]) => {
    const how = {
      quiz,
      max: input.max ?? null,
      timezone: input.timezone ?? config.event.timezone,
      dateOrder: input.date_order ?? null,
      columns: input.columns ?? null,
      format: input.format ?? null,
      sessions,
    };
    const files = inputFiles(dir, input.files, locate(["inputs", "quizzes", quiz]));
    const sheets = keyed.find((each) => each.quiz === quiz)?.sheets;
    return eachSheet(files, input.sheet).map(({ file, sheet }) => ({
      kind: `quiz ${quiz} ${sheet ?? ""}`,
      file,
      read: (file) =>
        sheets === undefined
          ? readQuiz(file, { ...how, sheet }, (row) => {
              // what one file holds is repeated nowhere, and need not be remembered
              if (files.length < 2 || !repeated.has(row)) personas.addQuiz(row);
            })
          : sheets.read(file, { ...how, sheet }),
    }));
  });
}

function presenceTasks({ dir, event }: EventFolder, personas: Personas): Task[] {
  const { config, sessions, locate } = event;
  return Object.entries(config.inputs.presence ?? {}).flatMap(([form, input]) => {
    const how = {
      form,
      timezone: input.timezone ?? config.event.timezone,
      dateOrder: input.date_order ?? null,
      columns: input.columns ?? null,
      sessions,
    };
    const files = inputFiles(dir, input.files, locate(["inputs", "presence", form]));
    return eachSheet(files, input.sheet).map(({ file, sheet }) => ({
      kind: `presence ${form} ${sheet ?? ""}`,
      file,
      read: (file) => readPresence(file, { ...how, sheet }, (row) => personas.addPresence(row)),
    }));
  });
}

function listTasks({ dir, event }: EventFolder, personas: Personas): Task[] {
  const lists = ["roster", "registration"] as const;
  return lists.flatMap((list) => {
    const input = event.config.inputs[list];
    if (input === undefined) return [];
    const how = { list, columns: input.columns ?? null };
    const files = inputFiles(dir, input.files, event.locate(["inputs", list]));
    return eachSheet(files, input.sheet).map(({ file, sheet }) => ({
      kind: `${list} ${sheet ?? ""}`,
      file,
      read: (file) => readRoster(file, { ...how, sheet }, (row) => personas.addRoster(row)),
    }));
  });
}

/** Each file once for each sheet that the event file names; `null`: the one that is recognised. */
function eachSheet(
  files: readonly FolderFile[],
  named: string | readonly string[] | undefined,
): { file: FolderFile; sheet: string | null }[] {
  const sheets = named === undefined ? [null] : [named].flat();
  return files.flatMap((file) => sheets.map((sheet) => ({ file, sheet })));
}
