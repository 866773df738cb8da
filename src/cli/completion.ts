import { Fault } from "../model/fault.js";
import { nearest } from "../model/yaml.js";
import { bash } from "./shell/bash.js";
import { fish } from "./shell/fish.js";
import { powershell } from "./shell/powershell.js";
import { type Spot, spotsOf } from "./shell/spot.js";
import { zsh } from "./shell/zsh.js";
import type { Table } from "./table/row.js";
import { answer } from "./talk.js";

const shells: Readonly<Record<string, (spots: readonly Spot[]) => string>> = { bash, zsh, fish, powershell };

/** `lulus completion`: a script for the shell that completes commands, options, their words, and files. */
export async function completion(shell: string, table: Table): Promise<number> {
  const write = Object.hasOwn(shells, shell) ? shells[shell] : undefined;
  if (write === undefined) {
    const near = nearest(shell, Object.keys(shells));
    const known = Object.keys(shells).join(", ");
    throw new Fault("usage", `there is no completion for "${shell}"; expected one of ${known}`, {
      hints: near === undefined ? [] : [`did you mean \`lulus completion ${near}\`?`],
    });
  }
  await answer(write(spotsOf(table)));
  return 0;
}
