import type { Source } from "../model/row.js";

/** In the order of files and lines, whatever the order in which rows came. */
export function bySource(a: { readonly source: Source }, b: { readonly source: Source }): number {
  if (a.source.file !== b.source.file) return a.source.file < b.source.file ? -1 : 1;
  return a.source.line - b.source.line;
}
