import { resolve } from "node:path";
import { Fault } from "../../model/fault.js";
import { HeldRegister } from "../../register/held.js";
import { Register } from "../../register/register.js";
import { type EventFolder, shownPath } from "../eventFolder.js";
import { numbersOf } from "../render.js";

/** Which certificates are meant. */
export type Covers = (certificate: { readonly number: string }) => boolean;

/** @throws Fault for a number that the register does not have */
export function coversOf(
  { only }: { readonly only?: readonly string[] },
  register: Register,
  event: string,
): Covers {
  if (only === undefined) return () => true;
  const numbers = numbersOf(only, register, event);
  return ({ number }) => numbers.has(number);
}

function registerPath({ dir, event }: EventFolder): string {
  return resolve(dir, event.config.register);
}

/** The register, for looking only. @throws Fault if nothing was issued yet */
export function reader(folder: EventFolder): Register {
  const register = Register.read(registerPath(folder));
  if (register !== null) return register;
  throw new Fault("register-missing", "nothing has been issued yet: there is no register", {
    place: { file: shownPath(registerPath(folder)) },
    hints: ["`lulus issue` issues the certificates; then they can be sent"],
  });
}

/** The register, held alone: two runs at once could both take the same mail for unsent. */
export function holder(folder: EventFolder): HeldRegister {
  reader(folder).close();
  return HeldRegister.open(registerPath(folder), () => new Date());
}
