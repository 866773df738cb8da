/**
 * Why a certificate was withdrawn, in a word that may be published: nothing about the person is in it.
 * What the organiser writes besides stays in the register.
 */
export const withdrawalReasons = {
  mistake: { en: "issued by mistake", id: "terbit karena kekeliruan" },
  identity: { en: "issued to the wrong person", id: "terbit untuk orang yang salah" },
  conditions: { en: "the conditions had not been met", id: "syarat ternyata tidak terpenuhi" },
  correction: { en: "what was printed had to be corrected", id: "isinya perlu dikoreksi" },
  fraud: { en: "obtained by deceit", id: "diperoleh dengan kecurangan" },
  request: { en: "at the holder's own request", id: "atas permintaan pemegangnya" },
  other: { en: "for another reason", id: "karena alasan lain" },
} as const;

export type WithdrawalReason = keyof typeof withdrawalReasons;

export function isWithdrawalReason(word: string): word is WithdrawalReason {
  return Object.hasOwn(withdrawalReasons, word);
}

/** What became of a certificate that no longer holds; final. */
export interface Withdrawal {
  readonly state: "revoked" | "replaced";
  /** ISO date, UTC */
  readonly on: string;
  readonly reason: WithdrawalReason;
  /** the organiser's own words, for the register alone; `""` for none */
  readonly note: string;
  /** number of the certificate that took its place */
  readonly by: string | null;
}
