/** A small deterministic generator (mulberry32): the same seed makes the same world on every machine. */
export interface Random {
  /** a whole number from `low` to `high`, both included */
  integer(low: number, high: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(probability: number): boolean;
  /** in place, every order equally likely */
  shuffle<Item>(items: Item[]): Item[];
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    integer,
    pick: (items) => at(items, integer(0, items.length - 1)),
    chance: (probability) => next() < probability,
    shuffle: (items) => {
      for (let last = items.length - 1; last > 0; last--) {
        const other = integer(0, last);
        const moved = at(items, last);
        items[last] = at(items, other);
        items[other] = moved;
      }
      return items;
    },
  };
}

/** The element that is known to be there; a world that reaches outside its lists is a bug. */
export function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no element ${index} among ${items.length}`);
  return item;
}
