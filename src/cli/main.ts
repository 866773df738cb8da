import { CommanderError } from "commander";
import { program } from "./program.js";
import { complain, endQuietlyOnClosedPipe } from "./talk.js";

/** Commander ends with 1 on wrong usage, where 1 is an answer of ours. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  complain(error);
  return 2;
}

endQuietlyOnClosedPipe();
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  process.once(signal, () => process.exit(status));

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = statusOf(error);
}
