import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newFolder } from "./lulus.js";

/** The command in a real terminal (tmux), for what it asks of people. */
export interface Terminal {
  /** Types: names of keys as tmux knows them, anything else as it stands. */
  keys(...keys: readonly string[]): Promise<void>;
  /** Waits until the screen shows a text. @throws with the screen, if that takes too long */
  until(text: string): Promise<void>;
  /** What is to be seen, with the sequences that colour it if wanted. */
  screen(how?: { readonly withColours?: boolean }): string;
  /** What the terminal knows of itself, as tmux names it: `cursor_flag` is 0 while there is no cursor. */
  knows(what: string): string;
  end(): void;
}

const bin = fileURLToPath(new URL("../../bin/lulus.js", import.meta.url));
const PATIENCE_MS = 30_000;

/**
 * Starts the command; when it ends the screen shows `status N`.
 *
 * @param surroundings further variables, and another script than `lulus`
 */
export async function inTerminal(
  parameters: readonly string[],
  cwd: string,
  {
    env = {},
    script = bin,
  }: { readonly env?: Readonly<Record<string, string>>; readonly script?: string } = {},
): Promise<Terminal> {
  const socket = join(newFolder(), "tmux");
  const tmux = (...words: readonly string[]): string =>
    execFileSync("tmux", ["-S", socket, "-f", "/dev/null", ...words], {
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", HOME: cwd, TERM: "xterm-256color", LANG: "C.UTF-8", ...env },
    });
  const command = [process.execPath, script, ...parameters].map((word) => `'${word}'`).join(" ");
  // Ctrl-C is for the command, and not for the shell that tells its status
  const shell = `trap : INT; ${command}; echo "status $?"; exec cat`;
  tmux("-u", "new-session", "-d", "-x", "120", "-y", "50", "-c", cwd, "sh", "-c", shell);
  const screen = ({ withColours = false } = {}) =>
    tmux("capture-pane", "-p", "-J", ...(withColours ? ["-e"] : []));
  return {
    async keys(...keys) {
      for (const key of keys) {
        const isNamed = /^(?:C-\w|Enter|Up|Down|Left|Right|Escape)$/.test(key);
        tmux("send-keys", ...(isNamed ? [key] : ["-l", "--", key]));
        await pause(60);
      }
    },
    async until(text) {
      for (const deadline = Date.now() + PATIENCE_MS; !screen().includes(text); await pause(50))
        if (Date.now() > deadline) throw new Error(`the screen never showed "${text}":\n${screen()}`);
    },
    screen,
    knows: (what) => tmux("display-message", "-p", `#{${what}}`).trim(),
    end: () => void tmux("kill-server"),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
