/*
 * What is known of a person is mostly one address, one name, no number. A `Set` or `Map` for each of these would take
 * most of the memory of a large event, so the first thing is kept as it is, and only a second one brings a `Map`.
 */

/** A map that mostly holds nothing or one entry; in the order of setting, like a `Map`. */
export class FewEntries<K, V> {
  #key: K | undefined;
  #value: V | undefined;
  #all: Map<K, V> | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: K): V | undefined {
    if (this.#all !== null) return this.#all.get(key);
    return this.#size === 1 && this.#key === key ? this.#value : undefined;
  }

  set(key: K, value: V): void {
    if (this.#all !== null) this.#all.set(key, value);
    else if (this.#size === 0 || this.#key === key) [this.#key, this.#value] = [key, value];
    else this.#all = new Map([[this.#key as K, this.#value as V]]).set(key, value);
    this.#size = this.#all?.size ?? 1;
  }

  keys(): K[] {
    if (this.#all !== null) return [...this.#all.keys()];
    return this.#size === 0 ? [] : [this.#key as K];
  }

  values(): V[] {
    if (this.#all !== null) return [...this.#all.values()];
    return this.#size === 0 ? [] : [this.#value as V];
  }

  [Symbol.iterator](): Iterator<[K, V]> {
    if (this.#all !== null) return this.#all[Symbol.iterator]();
    return this.keys()
      .map((key): [K, V] => [key, this.#value as V])
      [Symbol.iterator]();
  }
}

/** A set that mostly holds nothing or one thing; in the order of adding, like a `Set`. */
export class Few<T> {
  #one: T | undefined;
  #all: Set<T> | null = null;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(value: T): void {
    if (this.#all !== null) this.#all.add(value);
    else if (this.#size === 0) this.#one = value;
    else if (this.#one !== value) this.#all = new Set([this.#one as T, value]);
    this.#size = this.#all?.size ?? 1;
  }

  values(): T[] {
    if (this.#all !== null) return [...this.#all];
    return this.#size === 0 ? [] : [this.#one as T];
  }

  [Symbol.iterator](): Iterator<T> {
    return this.values()[Symbol.iterator]();
  }
}
