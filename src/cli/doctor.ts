import { Fault } from "../model/fault.js";
import { lookAtAddress, lookAtEvent, lookAtInputs, lookAtTemplates } from "./doctor/event.js";
import { type Finding, problemsOf } from "./doctor/finding.js";
import { lookAtKey, lookAtRegister, lookAtSite, lookOnline } from "./doctor/issuing.js";
import { lookAtNode, lookAtOutput } from "./doctor/machine.js";
import { lookAtMail } from "./doctor/mail.js";
import { lookAtSigning } from "./doctor/signing.js";
import { type EventFolder, openEventFolder } from "./eventFolder.js";
import { answer, note, paintOut, printable } from "./talk.js";

export interface DoctorOptions {
  readonly online?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus doctor`: is everything in place? 1 if something would stop the work. Writes nothing, and asks nobody unless told to. */
export async function doctor(argument: string | undefined, options: DoctorOptions): Promise<number> {
  const findings = [...lookAtNode()];
  const folder = opened(argument, findings);
  if (folder !== null) findings.push(...(await lookAll(folder, options.online ?? false, new Date())));
  const isWell = findings.every(({ state }) => state !== "problem");
  if (options.json) {
    const event = folder?.shown ?? null;
    await answer(`${JSON.stringify({ schema: "lulus.doctor/1", ok: isWell, event, findings })}\n`);
  } else {
    await answer(findings.map(formatFinding).join(""));
    note(summary(findings), { quiet: options.quiet ?? false });
  }
  return isWell ? 0 : 1;
}

/** `null`: what is wrong with the event file is among the findings. @throws Fault where there is none at all */
function opened(argument: string | undefined, findings: Finding[]): EventFolder | null {
  try {
    return openEventFolder(argument);
  } catch (error) {
    if (error instanceof Fault && error.code === "event-missing") throw error;
    findings.push(...problemsOf("event", error));
    return null;
  }
}

async function lookAll(folder: EventFolder, isOnline: boolean, now: Date): Promise<Finding[]> {
  const templates = await lookAtTemplates(folder);
  const inputs = await lookAtInputs(folder);
  return [
    ...lookAtEvent(folder),
    ...templates,
    ...inputs.findings,
    ...(await lookAtKey(folder)),
    ...(await lookAtSigning(folder, isOnline, now)),
    ...(await lookAtRegister(folder)),
    ...lookAtOutput(folder, inputs.people),
    ...lookAtAddress(folder),
    ...(await lookAtSite(folder, now)),
    ...(isOnline ? await lookOnline(folder, now) : []),
    ...(await lookAtMail(folder, isOnline)),
  ];
}

const marks = {
  ok: { sign: "✓", style: "green" },
  warning: { sign: "!", style: "yellow" },
  problem: { sign: "✗", style: "red" },
} as const;

function formatFinding({ check, state, message, place, hints }: Finding): string {
  const { sign, style } = marks[state];
  const where = place === undefined ? "" : `${place}: `;
  const line = `${paintOut(style, sign)} ${check.padEnd(9)} ${printable(where + message).replaceAll("\n", " ")}\n`;
  return [
    line,
    ...hints.map((hint) => `${" ".repeat(12)}${paintOut("cyan", "hint")}: ${printable(hint)}\n`),
  ].join("");
}

function summary(findings: readonly Finding[]): string {
  const count = (wanted: Finding["state"]) => findings.filter(({ state }) => state === wanted).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  if (problems + warnings === 0) return "\nall in place";
  return `\n${problems} to mend, ${warnings} worth a look`;
}
