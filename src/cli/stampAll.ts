import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { HeldRegister } from "../register/held.js";
import type { Register } from "../register/register.js";
import type { ThreadCrew } from "./crew.js";
import { breathe, interrupted, patiently } from "./interrupt.js";
import { frozenOf, lenderOf, type Material, materialOf, templateOf } from "./material.js";
import type { OutputFolder } from "./outputFolder.js";
import type { Made, Range, Ranges } from "./range.js";
import { type Stamp, stampInto } from "./stamping.js";

/** Certificates between two breaths of this thread. */
const BREATH = 25;
/** The register is written to seldom: each time the disk is waited for. */
const NOTED_AT_ONCE = 5000;

/**
 * V8 lets memory fill up with what is done with to four times what is needed, and gives it back a hundred thousand
 * certificates later; to half as much again costs nothing that could be measured. For all threads, from here on.
 */
function keepLean(): void {
  setFlagsFromString("--heap-growing-percent=50");
}

/** What goes on beside. */
export interface Beside {
  /** told how many are whole, each time some are */
  done(count: number): void;
  /** does a little of something else while others are waited for; false where nothing is left of it */
  meanwhile(): boolean;
}

/**
 * Stamps what is due, and tells a register that is held what is whole. This thread gives the others their ranges and takes
 * what they have no room for, so that it is idle as little as they are. What is drawn is left to them, if there are any.
 *
 * @throws Fault as `stampInto` does, and Interrupted; what was whole until then is noted
 */
export async function stampAll(
  due: Ranges,
  register: Register,
  event: string,
  output: OutputFolder,
  crew: ThreadCrew | null,
  { done, meanwhile }: Beside,
): Promise<void> {
  keepLean();
  const materialFor = materials(register, event);
  const mine = ownHand(register, output, materialFor);
  const notes = new Notes(register);
  const take = (made: readonly Made[], count: number) => {
    notes.add(made);
    done(count);
  };
  const underWay = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  const fail = (error: unknown) => {
    failure ??= { error };
  };
  const give = async (to: ThreadCrew, range: Range) => {
    const material = await materialFor(range.batch);
    take(await to.stamp(range, material, register.packedOf(range.ids)), range.ids.length);
  };
  const queue = due.queue();
  try {
    while (failure === null) {
      while (crew !== null && underWay.size < crew.takes) {
        const range = queue.next();
        if (range === undefined) break;
        const work: Promise<void> = give(crew, range)
          .catch(fail)
          .finally(() => underWay.delete(work));
        underWay.add(work);
      }
      const range = crew === null ? queue.next() : queue.nextPlain();
      if (range !== undefined) {
        await mine(range, take);
        // a little at a time, so that no thread is idle at the end while this one does all of it
        if (crew !== null) meanwhile();
      } else if (underWay.size > 0) await waited(Promise.race(underWay), meanwhile);
      else break;
      notes.writeMany();
      const error = interrupted();
      if (error !== null) fail(error);
    }
  } catch (error) {
    fail(error);
  }
  // the others finish what they are at, and what is whole is noted, whatever happened
  await patiently(Promise.all(underWay));
  notes.write();
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}

/** Waits for something, and does something else as long as there is something to do. @throws what it throws */
async function waited<T>(work: Promise<T>, meanwhile: Beside["meanwhile"]): Promise<T> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  over.catch(() => {});
  while (!isOver && interrupted() === null && meanwhile()) await turn();
  await patiently(over);
  const interruption = interrupted();
  if (interruption !== null && !isOver) throw interruption;
  return await work;
}

/** What each batch is stamped from, made once for all threads. */
function materials(register: Register, event: string): (batch: number) => Promise<Material> {
  const batches = new Map(register.batches(event).map((batch) => [batch.id, batch]));
  const made = new Map<number, Promise<Material>>();
  return (id) => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const batch = batches.get(id);
    if (batch === undefined) throw new TypeError(`no batch ${id}`);
    const frozen = frozenOf(batch, register);
    // one that this version does not take is told of here, and not by a thread
    templateOf(frozen);
    const material = materialOf(frozen);
    made.set(id, material);
    return material;
  };
}

/** This thread. */
function ownHand(
  register: Register,
  output: OutputFolder,
  materialFor: (batch: number) => Promise<Material>,
): (range: Range, take: (made: readonly Made[], count: number) => void) => Promise<void> {
  const stamps = new Map<number, Stamp>();
  return async ({ batch, ids, samples }, take) => {
    const stamp = stamps.get(batch) ?? stampInto(output, lenderOf(await materialFor(batch)));
    stamps.set(batch, stamp);
    const sampled = new Set(samples);
    const range = register.certificatesOf(ids);
    for (let start = 0; start < range.length; start += BREATH) {
      await breathe();
      const some = range.slice(start, start + BREATH);
      take(await stamp(some, sampled), some.length);
    }
  };
}

/** What is whole and has not been noted. */
class Notes {
  readonly #register: HeldRegister | null;
  #made: Made[] = [];

  constructor(register: Register) {
    this.#register = register instanceof HeldRegister ? register : null;
  }

  add(made: readonly Made[]): void {
    if (this.#register !== null) this.#made.push(...made);
  }

  writeMany(): void {
    if (this.#made.length >= NOTED_AT_ONCE) this.write();
  }

  write(): void {
    const [register, made] = [this.#register, this.#made];
    this.#made = [];
    if (register === null || made.length === 0) return;
    register.transaction(() => {
      for (const { of, sha256 } of made) register.noteRendered(of, sha256);
    });
  }
}
