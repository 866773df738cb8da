/** What an SVG holds that is not drawn here, as words that follow "holds". It is refused rather than left out. */
export class Unsupported extends Error {
  constructor(what: string) {
    super(what);
    this.name = "Unsupported";
  }
}
