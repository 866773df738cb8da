import type { Findings } from "./audit.js";

/** What a template may want its files to be to an archive. */
export const archivalWishes = ["PDF/A-2u", "PDF/A-1b", "none"] as const;
export type ArchivalWish = (typeof archivalWishes)[number];

/** What a file claims to conform to. Only what is proven is claimed. */
export interface Conformance {
  /** of ISO 19005: part 1, 2, or 3 with an attachment; `null` for none */
  readonly archival: { readonly part: 1 | 2 | 3; readonly level: "B" | "U" } | null;
  /** PDF/UA-1 (ISO 14289) */
  readonly isAccessible: boolean;
}

/** What keeps the files from being what the template wants, as words that follow "the artwork has". */
export function obstacles(wish: ArchivalWish | null, findings: Findings): string[] {
  if (wish === "none") return [];
  const transparency = wish === "PDF/A-1b" && findings.transparency ? ["transparency"] : [];
  return [...findings.archival, ...transparency];
}

/** @throws TypeError for an attachment in PDF/A-1, which knows none */
export function conformanceOf(
  wish: ArchivalWish | null,
  findings: Findings,
  hasAttachment: boolean,
): Conformance {
  if (hasAttachment && wish === "PDF/A-1b") throw new TypeError("PDF/A-1 has no room for an attachment");
  const isAccessible = !findings.tags && findings.archival.size === 0;
  if (wish === "none" || obstacles(wish, findings).length > 0) return { archival: null, isAccessible };
  if (wish === "PDF/A-1b") return { archival: { part: 1, level: "B" }, isAccessible };
  return { archival: { part: hasAttachment ? 3 : 2, level: "U" }, isAccessible };
}
