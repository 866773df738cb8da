import { formatPlace } from "../../model/fault.js";
import { checkTemplate } from "../../render/check.js";
import type { EventFolder } from "../eventFolder.js";
import { isExampleAddress } from "../exampleAddress.js";
import { gather } from "../inputs.js";
import { openTemplates } from "../templates.js";
import { type Finding, look, ok, problem, warning } from "./finding.js";

/** What the trial with invented names shows on every sound template: how long names give way. */
const usual = new Set(["text-wrapped", "text-shrunk"]);

export function lookAtEvent({ event, shown }: EventFolder): Finding[] {
  const { config } = event;
  const counted = `${count(config.event.sessions.length, "session")}, ${count(config.awards.length, "award")}`;
  return [ok("event", `${shown}: ${config.event.title} (${counted})`)];
}

/** Each template once, with its fonts, pictures and backgrounds, tried with invented people. */
export async function lookAtTemplates(folder: EventFolder): Promise<Finding[]> {
  const { awards, event } = folder.event.config;
  const templates = openTemplates(folder);
  const firsts = awards.filter(
    ({ template }, at) => awards.findIndex((each) => each.template === template) === at,
  );
  const found = await Promise.all(
    firsts.map(({ id, template }) =>
      look("template", async () => {
        const { files, name } = templates.of(id);
        const findings = (await checkTemplate(files, name, event.language)).filter(
          ({ code }) => !usual.has(code),
        );
        if (findings.length === 0) return [ok("template", `${template}, with its fonts`)];
        return findings.map(
          ({ severity, message, place, hints }): Finding => ({
            check: "template",
            state: severity === "error" ? "problem" : "warning",
            message: `${template}: ${message}`,
            ...(place === null ? {} : { place: formatPlace(place) }),
            hints,
          }),
        );
      }),
    ),
  );
  return found.flat();
}

/** What each input was taken for. @returns also how many people they hold at most, for the room they need */
export async function lookAtInputs(folder: EventFolder): Promise<{ findings: Finding[]; people: number }> {
  let people = 0;
  const findings = await look("inputs", async () => {
    const { inputs, warnings } = await gather(folder);
    people = Math.max(0, ...inputs.map((input) => input.people));
    return inputs.map(({ path, format, rows, duplicateOf }) => {
      if (duplicateOf !== null)
        return warning("inputs", `${path} has the same bytes as ${duplicateOf} and counts nothing`);
      const said = warnings.filter(({ file }) => file === path).map(({ message }) => message);
      const what = `${path}: ${format}, ${count(rows, "row")}`;
      if (rows === 0) return warning("inputs", `${what}: nobody is in it`, "is it complete?");
      return said.length === 0
        ? ok("inputs", what)
        : warning("inputs", `${what}; ${said[0]}`, ...more(said.length - 1));
    });
  });
  return { findings, people };
}

function more(warnings: number): string[] {
  return warnings === 0 ? [] : [`${warnings} more: lulus check tells them`];
}

/** The address in every QR code: a mistake in it cannot be mended once they are printed. */
export function lookAtAddress({ event }: EventFolder): Finding[] {
  const { url } = event.config.verify;
  const { protocol, hash, search } = new URL(url);
  if (hash !== "" || url.includes("#"))
    return [
      problem(
        "address",
        `${url} has a #, behind which the certificate's own part begins`,
        "take it away from `verify.url`",
      ),
    ];
  if (isExampleAddress(url))
    return [
      warning(
        "address",
        `${url} is an example, and leads nowhere`,
        "put your own address under `verify.url` before you issue: it stands in every QR code for ever",
      ),
    ];
  if (protocol !== "https:")
    return [
      warning(
        "address",
        `${url} is not https`,
        "telephones warn of such pages, and the camera does not work on them",
      ),
    ];
  if (search !== "")
    return [warning("address", `${url} has a query`, "a plain address makes a smaller QR code")];
  return [ok("address", url)];
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
