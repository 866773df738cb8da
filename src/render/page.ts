import type { Element } from "./element/element.js";
import type { When } from "./schema.js";

/** A page of a template, admitted. */
export interface Page {
  /** in the template, from 0 */
  readonly index: number;
  /** the first page has none */
  readonly when: When | undefined;
  /** points */
  readonly width: number;
  readonly height: number;
  readonly background: { readonly file: string; readonly page: number } | null;
  /** millimetres from top, right, bottom and left, or `null` */
  readonly safeArea: readonly number[] | null;
  readonly elements: readonly Element[];
}
