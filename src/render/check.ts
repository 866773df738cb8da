import type { Certificate, EventRecord } from "../model/certificate.js";
import { Fault, Faults, type Place, type Warning } from "../model/fault.js";
import type { Language } from "./calendar.js";
import { remarksOn } from "./lint.js";
import { ruleNumbers } from "./rule.js";
import { trialFor, usualPeople } from "./sample.js";
import type { TemplateFiles } from "./schema.js";
import { parseTemplate, type Template } from "./template.js";
import { openTypesetter, type Printed, type Trial } from "./typesetter.js";

/** Something about a template that is wrong, or worth knowing. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** stable */
  readonly code: string;
  /** number of the check in the documentation, as in E301; `null` where it has none */
  readonly rule: string | null;
  readonly message: string;
  readonly place: Place | null;
  readonly hints: readonly string[];
  /** of the recipient for whom it was found */
  readonly recipient: string | null;
}

/** Who and what a template is tried with. */
export interface Sample {
  readonly record: EventRecord;
  readonly certificate: Certificate;
  readonly people: readonly Printed[];
}

/**
 * Everything that is to be said about a template: all that would stop an issue, and all that would look bad.
 *
 * @param place how the folder is called in messages
 * @param sample without one, made-up people and values that fit what the template declares
 * @returns errors first, each in the order of the file
 */
export async function checkTemplate(
  files: TemplateFiles,
  place: string,
  language: Language,
  sample?: Sample,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const template = collect(findings, () => parseTemplate(files, place, language));
  if (template === null) return sorted(findings);
  findings.push(
    ...remarksOn(template).map((remark) => ({ ...remark, ...asWarning(remark.code), recipient: null })),
  );
  findings.push(...(await setForTrial(template, sample)));
  return sorted(findings);
}

async function setForTrial(template: Template, sample: Sample | undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  const trial: Trial = sample ?? trialFor(template);
  try {
    const typesetter = await openTypesetter(template, trial);
    for (const person of sample?.people ?? usualPeople(template)) {
      const flaw = typesetter.unprintable(person);
      if (flaw !== null) findings.push(ofPerson(flaw, person));
    }
    findings.push(...typesetter.warnings().map(fromWarning));
    if (template.archival === null) {
      const { checkArchival } = await import("./archive.js");
      findings.push(...(await checkArchival(template)).map(fromWarning));
    }
  } catch (error) {
    findings.push(...fromError(error));
  }
  return findings;
}

const codeOfFlaw = {
  glyph: "glyph-missing",
  width: "text-overflow",
  length: "text-overflow",
  value: "value-unfit",
} as const;

function ofPerson({ why, what }: { why: keyof typeof codeOfFlaw; what: string }, { name }: Printed): Finding {
  const code = codeOfFlaw[why];
  const rule = ruleNumbers[code] ?? null;
  return { severity: "error", code, rule, message: what, place: null, hints: [], recipient: name };
}

function collect<T>(findings: Finding[], make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    findings.push(...fromError(error));
    return null;
  }
}

/** @throws what is no fault of the template */
function fromError(error: unknown): Finding[] {
  if (error instanceof Faults) return error.faults.flatMap(fromError);
  if (!(error instanceof Fault)) throw error;
  const { code, message, place = null, hints } = error;
  return [
    { severity: "error", code, rule: ruleNumbers[code] ?? null, message, place, hints, recipient: null },
  ];
}

function fromWarning({ code, message, file, line }: Warning): Finding {
  const place = file === undefined ? null : { file, line };
  return { ...asWarning(code), code, message, place, hints: [], recipient: null };
}

function asWarning(code: string): Pick<Finding, "severity" | "rule"> {
  return { severity: "warning", rule: ruleNumbers[code] ?? null };
}

function sorted(findings: readonly Finding[]): Finding[] {
  const weight = ({ severity, place }: Finding) => (severity === "error" ? 0 : 1e9) + (place?.line ?? 0);
  return [...findings].sort((a, b) => weight(a) - weight(b));
}
