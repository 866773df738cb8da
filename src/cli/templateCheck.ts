import { resolve } from "node:path";
import { leftovers } from "../artwork/flaws.js";
import { lookAt } from "../artwork/sight.js";
import { Fault, formatPlace } from "../model/fault.js";
import { checkTemplate, type Finding } from "../render/check.js";
import type { TemplateFiles } from "../render/schema.js";
import { parseTemplate } from "../render/template.js";
import { designOf } from "./design.js";
import { shownPath } from "./eventFolder.js";
import { answer, note, paintOut, printable } from "./talk.js";
import { builtInNames, readWithBase, templateFolderOf } from "./templates.js";

export interface CheckTemplateOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What the trial with invented names shows on every sound template: how long names give way. */
const expected = new Set(["text-wrapped", "text-shrunk"]);
const languages = ["id", "en"] as const;

/** `lulus template check`: 1 if something would stop an issue or show on every certificate, else 0. */
export async function checkTemplateFolder(argument: string, options: CheckTemplateOptions): Promise<number> {
  const dir = templateFolderOf(process.cwd(), argument) ?? templateFolderOf("/", resolve(argument));
  if (dir === null) {
    throw new Fault("template-missing", `"${argument}" is no folder with a template.yaml`, {
      hints: [`built in: ${builtInNames().join(", ")}`, "make one with: lulus template new <dir>"],
    });
  }
  const files = readWithBase(dir);
  const place = shownPath(dir);
  const found: Finding[] = [];
  for (const language of languages) found.push(...(await checkTemplate(files, place, language)));
  found.push(...(await leftoversIn(files, place)));
  const findings = once(found.filter(({ code }) => !expected.has(code)));
  const isSound = findings.every(({ severity }) => severity !== "error");
  const talk = { quiet: options.quiet ?? false };
  if (options.json) {
    await answer(
      `${JSON.stringify({ schema: "lulus.template-check/1", template: place, ok: isSound, findings })}\n`,
    );
  } else {
    await answer(findings.map(formatFinding).join(""));
    if (findings.length === 0) await answer(`${paintOut("green", "✓")} ${place}: all right\n`);
    else note(summary(findings), talk);
  }
  return isSound ? 0 : 1;
}

/** Sample text in the backgrounds; a template that cannot be parsed has said why. */
async function leftoversIn(files: TemplateFiles, place: string): Promise<Finding[]> {
  try {
    const template = parseTemplate(files, place, "id");
    const all = await Promise.all(
      template.pages.map(async ({ background, index }) => {
        const bytes = background === null ? undefined : files.get(background.file);
        if (background === null || bytes === undefined) return [];
        const design = await designOf(bytes, background.page, `${place}/${background.file}`);
        const { lines } = await lookAt(design.upright);
        const at = template.locate(["pages", index, "background", "file"]);
        return leftovers(lines).map(
          (flaw): Finding => ({ ...flaw, severity: "error", rule: "E217", place: at, recipient: null }),
        );
      }),
    );
    return all.flat();
  } catch (error) {
    if (error instanceof Error && /^Faults?$/.test(error.name)) return [];
    throw error;
  }
}

/** What both languages have is said once. */
function once(findings: readonly Finding[]): Finding[] {
  const keyed = new Map(findings.map((finding) => [formatFinding(finding), finding]));
  return [...keyed.values()].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
}

function formatFinding({ severity, code, message, place, hints, recipient }: Finding): string {
  const label = paintOut(severity === "error" ? "red" : "yellow", severity);
  const where = place === null ? "" : `${printable(formatPlace(place))}: `;
  const whom = recipient === null ? "" : ` (tried with "${printable(recipient)}")`;
  const lines = [`${label}: ${where}${printable(message)}${whom} ${paintOut("dim", `[${code}]`)}`];
  return [...lines, ...hints.map((hint) => `${paintOut("cyan", "hint")}: ${printable(hint)}`), ""].join("\n");
}

function summary(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return `${errors} to mend, ${findings.length - errors} worth a look`;
}
