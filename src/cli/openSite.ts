import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Fault } from "../model/fault.js";
import type { Site } from "../verify/site.js";
import { isFolder } from "./eventFolder.js";

const SECONDS = 10;
const MOST_BYTES = 4 * 2 ** 20;

/** A published site by its folder or its address. The only network that `verify` uses, and only where an address was named. */
export function openSite(named: string): Site {
  if (/^https?:\/\//i.test(named)) return remote(named.replace(/\/?$/, "/"));
  if (isFolder(named)) return local(named);
  throw new Fault("site-missing", `"${named}" is neither a folder nor an address`, {
    hints: ["name the folder that `lulus publish` made, or the address where it lies"],
  });
}

function local(dir: string): Site {
  return {
    name: dir.replace(/[/\\]$/, ""),
    async read(path) {
      try {
        return await readFile(join(dir, path), "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
    },
  };
}

function remote(address: string): Site {
  return {
    name: address.replace(/\/$/, ""),
    async read(path) {
      const answer = await fetch(new URL(path, address), { signal: AbortSignal.timeout(SECONDS * 1000) });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const text = await answer.text();
      if (text.length > MOST_BYTES) throw new Error("larger than any file of a site");
      return text;
    },
  };
}
