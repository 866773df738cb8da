import { readFileSync, statSync } from "node:fs";

/**
 * Who has locked a file, for people: ` (process 4711: lulus issue)`. Linux tells of processes of this machine; elsewhere, and of
 * other machines, nobody knows, and nothing is said.
 */
export function holderOf(path: string): string {
  try {
    const { ino } = statSync(path);
    const lock = /^\d+: POSIX +ADVISORY +WRITE (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /;
    for (const line of readFileSync("/proc/locks", "utf8").split("\n")) {
      const [, pid, inode] = lock.exec(line) ?? [];
      if (pid !== undefined && Number(inode) === ino) return ` (process ${pid}${commandOf(pid)})`;
    }
  } catch {
    // no such files here, or none that may be read
  }
  return "";
}

/** What the process was called with, as a person has typed it. */
function commandOf(pid: string): string {
  const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean);
  const at = words.findIndex((word) => /lulus(\.js)?$/.test(word));
  return at < 0 ? "" : `: lulus ${words.slice(at + 1).join(" ")}`.trimEnd();
}
