import { accessSync, constants, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { EventFolder } from "../eventFolder.js";
import { isFolder, shownPath } from "../eventFolder.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** Beyond these only the newest lines of Node.js get fixes. */
const agedMajor = 20;
/** Bytes; a certificate has at most about so many. */
const perCertificate = 60_000;
const enough = 200 * 2 ** 20;

export function lookAtNode(versionNow = process.versions.node): Finding[] {
  const said = `Node.js ${versionNow} on ${process.platform}`;
  return Number.parseInt(versionNow, 10) <= agedMajor
    ? [warning("node", said, "it gets no more fixes: Node.js 22 or 24 is recommended")]
    : [ok("node", said)];
}

/** Whether the certificates can be written, and whether there is room for so many. */
export function lookAtOutput({ dir, event }: EventFolder, people: number): Finding[] {
  const output = resolve(dir, event.config.output);
  const shown = shownPath(output);
  const standing = nearestFolder(output);
  if (standing === null) return [problem("output", `${shown} cannot be a folder: a file is in the way`)];
  if (!isWritable(standing))
    return [
      problem(
        "output",
        `${shownPath(standing)} cannot be written to`,
        "let yourself write there, or name another folder under `output`",
      ),
    ];
  const { bavail, bsize } = statfsSync(standing);
  const free = bavail * bsize;
  const room = `${shown}: ${size(free)} free`;
  if (free < people * perCertificate)
    return [
      problem(
        "output",
        `${room}, ${people} certificates may take ${size(people * perCertificate)}`,
        "make room, or name a folder on another disk under `output`",
      ),
    ];
  return free < enough ? [warning("output", room, "make room before it is full")] : [ok("output", room)];
}

/** The folder itself, or the one in which it will be made; `null` where a file is in the way. */
function nearestFolder(path: string): string | null {
  if (isFolder(path)) return path;
  try {
    accessSync(path, constants.F_OK);
    return null;
  } catch {
    return dirname(path) === path ? null : nearestFolder(dirname(path));
  }
}

export function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function size(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes >= 1024 ? `${(megabytes / 1024).toFixed(1)} GB` : `${Math.floor(megabytes)} MB`;
}
