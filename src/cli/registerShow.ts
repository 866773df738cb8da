import { dossierOf } from "./dossier.js";
import { openPlace, placeOf, type RegisterOptions } from "./registerPlace.js";
import { findAll } from "./revoke.js";
import { showLines } from "./showLines.js";
import { answer } from "./talk.js";

/** `lulus register show`: everything about one certificate, and what it was decided on. */
export async function showRegistered(number: string, options: RegisterOptions): Promise<number> {
  const register = openPlace(placeOf(undefined, options));
  try {
    const [found] = findAll(register, [number]);
    if (found === undefined) throw new TypeError("found nothing and said nothing");
    const dossier = dossierOf(register, found);
    await answer(options.json ? `${JSON.stringify(dossier)}\n` : showLines(dossier));
  } finally {
    register.close();
  }
  return 0;
}
