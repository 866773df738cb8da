import { CommanderError } from "commander";
import { heedSignals, Interrupted } from "./interrupt.js";
import { program } from "./program.js";
import { complain, endQuietlyOnClosedPipe, note } from "./talk.js";

/** Commander ends with 1 on wrong usage, where 1 is an answer of ours. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    note("interrupted; what was done is whole: run the same command again, and it goes on where it stopped");
    return error.status;
  }
  complain(error);
  return 2;
}

endQuietlyOnClosedPipe();
heedSignals();

try {
  await program().parseAsync(process.argv);
} catch (error) {
  process.exitCode = statusOf(error);
}
