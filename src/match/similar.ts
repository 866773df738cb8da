/*
 * Two texts are at most two edits apart only if they become equal once at most two letters are left out of each.
 * So every name that is asked about is filed under all that is left of it without none, one or two of its letters
 * (by hash, which costs two multiplications), and only names that share such a remainder are measured. The work grows
 * with the names and with the pairs that are near, never with all pairs: that many names begin alike costs nothing.
 */

type Distance = (a: string, b: string) => number;

/** A longer key is no name that somebody mistyped, and has too many remainders. */
const longest = 50;
/** No event has so many different names that are a slip apart; where one does, the first that are met are enough to ask about. */
const filedAtMost = 64;
const sharingAtMost = 300;
const nearAtMost = 50;

export interface Near {
  readonly name: string;
  /** edits, 1 or 2 */
  readonly distance: number;
}

/** Finds the names within an edit distance of two, without comparing everybody with everybody. */
export class SimilarNames {
  readonly #near = new Map<string, Near[]>();
  #isComplete = true;

  /**
   * @param names among which to look
   * @param asked about which {@link near} will be asked
   */
  constructor(names: Iterable<string>, asked: Iterable<string>, distance: Distance) {
    const [among, about] = [new Set(names), new Set(asked)];
    const isAskedFew = about.size <= among.size;
    const [few, many] = isAskedFew ? [about, among] : [among, about];
    const remainders = new Remainders([...few].filter(({ length }) => length <= longest).sort());
    for (const one of many) {
      for (const filed of remainders.sharing(one)) {
        if (filed === one || Math.abs(filed.length - one.length) > 2) continue;
        const edits = distance(one, filed);
        if (edits > 2) continue;
        if (isAskedFew) this.#note(filed, { name: one, distance: edits });
        else this.#note(one, { name: filed, distance: edits });
      }
    }
    if (remainders.leftOut) this.#isComplete = false;
    for (const near of this.#near.values())
      near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  }

  /** Names one or two edits from one that was asked about, nearest first, then by alphabet. */
  near(name: string): readonly Near[] {
    return this.#near.get(name) ?? [];
  }

  /** Whether nothing was left out: where very many names are a slip apart, not all of them are compared. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  #note(name: string, near: Near): void {
    const noted = this.#near.get(name);
    if (noted === undefined) this.#near.set(name, [near]);
    else if (noted.length < nearAtMost) noted.push(near);
    else this.#isComplete = false;
  }
}

/** Files names under what is left of them without some letters. */
class Remainders {
  readonly #names: readonly string[];
  /** one bit per few remainders: most of what is looked up is not there, and this fits into the processor's cache */
  readonly #sieve = new Uint32Array(1 << 17);
  /** of each slot, where its entries begin; one more than there are slots */
  readonly #starts: Uint32Array;
  readonly #hashes: Int32Array;
  readonly #filed: Uint32Array;
  readonly #mask: number;
  /** of each name, the number of the look-up that met it last */
  readonly #met: Uint32Array;
  #lookups = 0;
  /** whether a name was left out because too many others are filed or found beside it */
  leftOut = false;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#met = new Uint32Array(names.length);
    const entries = names.reduce((sum, { length }) => sum + 1 + (length * (length + 1)) / 2, 0);
    const slots = 2 ** Math.ceil(Math.log2(entries + 1));
    this.#mask = slots - 1;
    this.#starts = this.#count(slots);
    this.#hashes = new Int32Array(this.#starts[slots] ?? 0);
    this.#filed = new Uint32Array(this.#starts[slots] ?? 0);
    this.#file(slots);
  }

  /** The names that share a remainder with this one, each once. */
  sharing(name: string): string[] {
    if (name.length > longest + 2) return [];
    const found: string[] = [];
    this.#lookups += 1;
    const count = remaindersOf(name);
    for (let each = 0; each < count && found.length < sharingAtMost; each += 1) {
      const hash = remainders[each] ?? 0;
      if (((this.#sieve[(hash >>> 5) & 0x1ffff] ?? 0) & (1 << (hash & 31))) !== 0) this.#collect(hash, found);
    }
    if (found.length >= sharingAtMost) this.leftOut = true;
    return found;
  }

  #collect(hash: number, found: string[]): void {
    const slot = this.#slotOf(hash);
    const end = this.#starts[slot + 1] ?? 0;
    for (let at = this.#starts[slot] ?? 0; at < end; at += 1) {
      const index = this.#filed[at] ?? 0;
      if (this.#hashes[at] !== hash || this.#met[index] === this.#lookups) continue;
      this.#met[index] = this.#lookups;
      found.push(this.#names[index] ?? "");
    }
  }

  #slotOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & this.#mask;
  }

  #count(slots: number): Uint32Array {
    const starts = new Uint32Array(slots + 1);
    this.#each((slot, hash) => {
      const count = starts[slot + 1] ?? 0;
      if (count < filedAtMost) starts[slot + 1] = count + 1;
      const word = (hash >>> 5) & 0x1ffff;
      this.#sieve[word] = (this.#sieve[word] ?? 0) | (1 << (hash & 31));
    });
    let sum = 0;
    for (let slot = 0; slot <= slots; slot += 1) {
      sum += starts[slot] ?? 0;
      starts[slot] = sum;
    }
    return starts;
  }

  #file(slots: number): void {
    const next = this.#starts.slice(0, slots);
    this.#each((slot, hash, index) => {
      const at = next[slot] ?? 0;
      // without one `m` or the other, `muhammad` is the same
      if (at > 0 && this.#filed[at - 1] === index && this.#hashes[at - 1] === hash) return;
      if (at === this.#starts[slot + 1]) {
        this.leftOut = true;
        return;
      }
      this.#hashes[at] = hash;
      this.#filed[at] = index;
      next[slot] = at + 1;
    });
  }

  /** Every remainder of every name; those without two letters last, since where there are too many they may be left out. */
  #each(visit: (slot: number, hash: number, index: number) => void): void {
    for (const isNearer of [true, false]) {
      for (const [index, name] of this.#names.entries()) {
        const count = remaindersOf(name);
        const nearer = name.length + 1;
        for (let each = isNearer ? 0 : nearer; each < (isNearer ? nearer : count); each += 1) {
          const hash = remainders[each] ?? 0;
          visit(this.#slotOf(hash), hash, index);
        }
      }
    }
  }
}

const factor = 0x01000193;
/** `factor` times this is 1, modulo 2³². */
const inverse = 0x359c449b;
const inverseTwice = Math.imul(inverse, inverse);

const longestAsked = longest + 2;
const powers = new Int32Array(longestAsked);
for (let at = 0, power = 1; at < longestAsked; at += 1, power = Math.imul(power, factor)) powers[at] = power;
const sums = new Int32Array(longestAsked + 1);
const remainders = new Int32Array(1 + (longestAsked * (longestAsked + 1)) / 2);

/**
 * Fills `remainders` with the hash of what is left of a name without none, one or two of its letters, in this order;
 * returns how many there are.
 * The hash is the sum of the letters, each times the power of its place, so that what stands behind a letter that is
 * left out moves down by one multiplication with the inverse. All sums are 32 bits wide and may overflow.
 */
function remaindersOf(name: string): number {
  const { length } = name;
  let whole = 0;
  for (let at = 0; at < length; at += 1) {
    whole = (whole + Math.imul(name.charCodeAt(at) + 1, powers[at] ?? 0)) | 0;
    sums[at + 1] = whole;
  }
  remainders[0] = whole;
  let count = length + 1;
  for (let first = 0; first < length; first += 1) {
    const before = sums[first] ?? 0;
    const behind = sums[first + 1] ?? 0;
    remainders[first + 1] = (before + Math.imul((whole - behind) | 0, inverse)) | 0;
    for (let second = first + 1; second < length; second += 1) {
      const between = Math.imul(((sums[second] ?? 0) - behind) | 0, inverse);
      const rest = Math.imul((whole - (sums[second + 1] ?? 0)) | 0, inverseTwice);
      remainders[count++] = (((before + between) | 0) + rest) | 0;
    }
  }
  return count;
}
