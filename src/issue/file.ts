import { Fault, type Place } from "../model/fault.js";

/*
 * File names hold what strangers typed and must be safe on every system: ASCII letters, digits, dot, hyphen and
 * underscore only, no leading dot or hyphen, no name that Windows keeps for a device, never a path.
 */

/** @throws Fault for a pattern with unknown tokens, without `.pdf`, or with a folder in it */
export function parseFilePattern(
  pattern: string,
  place: Place,
): (facts: { number: string; name: string; award: string }) => string {
  if (/[/\\]/.test(pattern) || !/\.pdf$/i.test(pattern)) {
    throw new Fault("filename-pattern", `"${pattern}" is no file name pattern`, {
      place,
      hints: ['a name such as "{number}-{name}.pdf", without folders'],
    });
  }
  const unknown = [...pattern.matchAll(/\{([^{}]*)\}/g)].find(
    ([, name = ""]) => !["number", "name", "award"].includes(name),
  );
  if (unknown !== undefined) {
    throw new Fault("filename-pattern", `"${unknown[0]}" in "${pattern}" is no part of a file name`, {
      place,
      hints: ["known: {number}, {name}, {award}"],
    });
  }
  const stem = pattern.replace(/\.pdf$/i, "");
  return (facts) =>
    safe(
      stem
        .replaceAll("{number}", facts.number)
        .replaceAll("{name}", facts.name)
        .replaceAll("{award}", facts.award),
    );
}

const longest = 120;
/** Windows looks only at what stands before the first dot. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

function safe(text: string): string {
  const ascii = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’‘ʼʿʾ`]/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .slice(0, longest)
    .replace(/^[.\-_]+|[.\-_]+$/g, "");
  return `${ascii === "" || reserved.test(ascii) ? `_${ascii}` : ascii}.pdf`;
}

/** The name, or the name with the first free counter: file systems may not tell capitals apart. */
export function freeFile(file: string, isTaken: (lowerCase: string) => boolean): string {
  if (!isTaken(file.toLowerCase())) return file;
  const stem = file.replace(/\.pdf$/, "");
  for (let counter = 2; ; counter++) {
    const candidate = `${stem}-${counter}.pdf`;
    if (!isTaken(candidate.toLowerCase())) return candidate;
  }
}
