/**
 * Finds the names within an edit distance of two, without comparing everybody with everybody.
 *
 * Two texts at most two edits apart share, unchanged, at least one of any three pieces that one of them is cut into,
 * shifted by two places at most. So all names are filed under their pieces, and only those that share one are measured.
 */
export class SimilarNames {
  readonly #byPiece = new Map<string, string[]>();
  readonly #distance: (a: string, b: string) => number;

  constructor(names: Iterable<string>, distance: (a: string, b: string) => number) {
    this.#distance = distance;
    for (const name of names) {
      for (const [piece, [from, to]] of cut(name.length).entries()) {
        const slot = `${name.length}/${piece}/${name.slice(from, to)}`;
        const filed = this.#byPiece.get(slot);
        if (filed === undefined) this.#byPiece.set(slot, [name]);
        else filed.push(name);
      }
    }
  }

  /** Names one or two edits from `name`, nearest first, then by alphabet. */
  near(name: string): string[] {
    return this.measured(name).map((near) => near.name);
  }

  /** The same with the number of edits. */
  measured(name: string): { readonly name: string; readonly distance: number }[] {
    const near = new Map<string, number>();
    for (const candidate of this.#sharing(name)) {
      if (candidate === name || near.has(candidate)) continue;
      const distance = this.#distance(name, candidate);
      if (distance <= 2) near.set(candidate, distance);
    }
    return [...near]
      .map(([candidate, distance]) => ({ name: candidate, distance }))
      .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  }

  *#sharing(name: string): Iterable<string> {
    for (let length = name.length - 2; length <= name.length + 2; length++) {
      for (const [piece, [from, to]] of cut(length).entries()) {
        for (let shift = -2; shift <= 2; shift++) {
          if (from + shift < 0) continue;
          yield* this.#byPiece.get(`${length}/${piece}/${name.slice(from + shift, to + shift)}`) ?? [];
        }
      }
    }
  }
}

function cut(length: number): [number, number][] {
  const third = Math.floor(length / 3);
  return [
    [0, third],
    [third, 2 * third],
    [2 * third, length],
  ];
}
