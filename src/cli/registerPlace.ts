import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import { nearest } from "../model/yaml.js";
import { openForReading } from "../register/open.js";
import { Register } from "../register/register.js";
import type { Store } from "../register/store.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";

/** Where a register is named: by an event, whose file says where it lies, or by its own file. */
export interface RegisterOptions {
  readonly event?: string;
  readonly register?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface RegisterPlace {
  /** absolute */
  readonly path: string;
  /** for people */
  readonly shown: string;
  /** the event whose certificates are asked for; `null` for those of all */
  readonly event: string | null;
}

/**
 * @param asked an event's folder or file, or the id of an event in the register; nothing for all events of the register here
 * @throws Fault if no event file says where the register lies
 */
export function placeOf(asked: string | undefined, { event, register }: RegisterOptions): RegisterPlace {
  if (register !== undefined) return at(resolve(register), asked ?? null);
  if (asked === undefined) return at(pathOf(openEventFolder(event)), null);
  if (existsSync(resolve(asked)) || !existsSync(resolve(event ?? "event.yaml"))) {
    const folder = openEventFolder(asked);
    return at(pathOf(folder), folder.event.config.event.id);
  }
  return at(pathOf(openEventFolder(event)), asked);
}

function pathOf({ dir, event }: EventFolder): string {
  return resolve(dir, event.config.register);
}

function at(path: string, event: string | null): RegisterPlace {
  return { path, shown: shownPath(path), event };
}

/** The register, for looking only. @throws Fault if nothing was issued, or nothing of the event that is asked for */
export function openPlace(place: RegisterPlace): Register {
  const register = Register.read(place.path);
  if (register === null) throw missing(place);
  if (place.event === null || register.countOf(place.event) > 0) return register;
  const known = register.events();
  register.close();
  const near = nearest(place.event, known);
  throw new Fault("event-unknown", `the register has no certificate of the event "${place.event}"`, {
    place: { file: place.shown },
    hints: [
      near === undefined ? "`lulus register list` without an event shows all" : `did you mean "${near}"?`,
    ],
  });
}

/** Its file, for what is about the register itself. @throws Fault if nothing was issued */
export function openStore(place: RegisterPlace): Store {
  const store = openForReading(place.path);
  if (store === null) throw missing(place);
  return store;
}

function missing({ shown }: RegisterPlace): Fault {
  return new Fault("register-missing", "there is no register: nothing has been issued yet", {
    place: { file: shown },
    hints: ["`lulus issue` makes it", "or name where it lies: --register lulus.db"],
  });
}
