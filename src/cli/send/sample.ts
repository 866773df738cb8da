import { Fault } from "../../model/fault.js";
import type { Register } from "../../register/register.js";
import { flawOf, parseAddress } from "../../send/address.js";
import type { EventFolder } from "../eventFolder.js";
import { answer } from "../talk.js";
import { accessOf } from "./access.js";
import { letterOf } from "./letter.js";
import { Mails } from "./mails.js";
import { coversOf, reader } from "./scope.js";
import { isDue, standingOf } from "./standing.js";

export interface SampleOptions {
  /** numbers */
  readonly only?: readonly string[];
  readonly json?: boolean;
}

/** Sends one mail to the organiser alone. Nothing is noted: it is nobody's certificate. */
export async function sendSample(
  folder: EventFolder,
  testTo: string,
  options: SampleOptions,
): Promise<number> {
  const to = parseAddress(testTo);
  const flaw = flawOf(to);
  if (flaw !== null || typeof to !== "string")
    throw new Fault("address-refused", `"${testTo}" cannot be used: ${flaw}`, {
      hints: ["expected one address, as in panitia@example.go.id"],
    });
  const letter = letterOf(folder);
  const register = reader(folder);
  try {
    const { id, name } = firstOf(register, folder, options);
    const mail = await new Mails(folder, letter, register).write(register.mailedOne(id), { to }, new Date());
    if ("unready" in mail)
      throw new Fault("pdf-unready", `nothing was sent: ${mail.unready}`, {
        hints: ["`lulus render` writes it"],
      });
    const { server, secret } = await accessOf(folder);
    const { connect } = await import("../../send/connection.js");
    const connection = await connect(server, secret());
    const outcome = await connection.send(mail, async () => {});
    connection.quit();
    if (outcome.is === "halted") throw outcome.fault;
    if (outcome.is !== "sent") throw new Fault("test-refused", `the sample was not taken: ${outcome.answer}`);
    if (options.json)
      await answer(`${JSON.stringify({ schema: "lulus.send-test/1", to, answer: outcome.answer })}\n`);
    else
      await answer(
        `a sample, with the certificate of ${name}, was sent to ${to}; nobody else got anything\n`,
      );
  } finally {
    register.close();
  }
  return 0;
}

/** The first certificate that would be sent, else the first that there is. */
function firstOf(
  register: Register,
  folder: EventFolder,
  options: SampleOptions,
): { id: number; name: string } {
  const event = folder.event.config.event.id;
  const covers = coversOf(options, register, event);
  let any: { id: number; name: string } | null = null;
  for (const each of register.mailed(event)) {
    if (!covers(each) || each.withdrawn !== null || each.sha256 === null) continue;
    if (isDue(standingOf(each))) return each;
    any ??= { id: each.id, name: each.name };
  }
  if (any !== null) return any;
  throw new Fault("nothing-to-send", "there is no certificate to make a sample of", {
    hints: ["`lulus issue` issues them, `lulus register list` tells which there are"],
  });
}
