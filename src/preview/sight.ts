/** What the page in the browser is told, as JSON. Lengths are millimetres from the top left corner of a page. */
export interface Sight {
  readonly title: string;
  readonly language: "id" | "en";
  /** rises with each change that was seen; part of every picture's address */
  readonly version: number;
  readonly awards: readonly AwardSight[];
  /** what stops everything: the event file, the inputs */
  readonly troubles: readonly Trouble[];
}

export interface AwardSight {
  readonly id: string;
  readonly label: string;
  readonly template: string;
  readonly specimens: readonly { readonly id: string; readonly label: string; readonly name: string }[];
  readonly pages: readonly PageSight[];
}

export interface PageSight {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

/** A fault as the page shows it, in the place of the picture. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly place: string | null;
  readonly hints: readonly string[];
}

/** A certificate as it would be issued, for one award and specimen. */
export type Proof =
  | { readonly pdf: Uint8Array; readonly pages: number }
  | { readonly troubles: readonly Trouble[] };

/** Where what is shown comes from; asked anew after each change. */
export interface Gallery {
  sight(): Promise<Sight>;
  /** `null`: there is no such award or specimen */
  proof(award: string, specimen: string): Promise<Proof | null>;
  /** PNG; `null`: there is no such page */
  picture(pdf: Uint8Array, page: number, dpi: number): Promise<Uint8Array | null>;
}
