/** How somebody shows a name: the name itself without titles, and a number of order. */
export type Disguise = (plain: string, number: number) => string;

/** The ways in which people show their own name; all of them are one name when compared. */
export const disguises: readonly Disguise[] = [
  (plain) => plain.toUpperCase(),
  (plain, number) => `${`${number}`.padStart(3, "0")}_${plain}_Kec. Lawang`,
  (plain) => `${plain}_Dinas Pendidikan`,
  (plain) => `Dr. H. ${plain}, S.E., M.Si.`,
  (plain) => `${plain} (RSUD Harapan Raya)`,
  (plain) => `  ${plain.replaceAll(" ", "  ")} `,
  (plain, number) => `${number}. ${plain.toLowerCase()}`,
  (plain) => `${plain}, S.Kom.`,
  (plain) => plain.normalize("NFD"),
];

export const englishDisguises: readonly Disguise[] = [
  (plain) => plain.toUpperCase(),
  (plain, number) => `${`${number}`.padStart(2, "0")}_${plain}`,
  (plain) => `Dr. ${plain}`,
  (plain) => `${plain} (Open Data Hub)`,
  (plain) => `  ${plain.toLowerCase()} `,
];

/** Ways that only make sense of a name that nobody else bears: titles in any order, offices on any side. */
export const harderDisguises: readonly Disguise[] = [
  (plain) => `Prof. Dr. Ir. ${plain}, M.Sc., Ph.D., IPU`,
  (plain) => `${plain}, S. Kep., Ns., M. Kes.`,
  (plain) => `Ns. ${plain.toUpperCase()},S.KEP`,
  (plain) => `RSUD Harapan Raya_${plain}`,
  (plain) => `Dinas Sosial Kab. Tirta - ${plain}`,
  (plain) => `${plain}/BKD Provinsi`,
  (plain) => `${plain} | Kec. Lawang`,
  (plain, number) => `No. ${number} ${plain}`,
  (plain) => `Bapak ${plain}`,
  (plain) => `Hj. ${plain} SE MM`,
  (plain) => `${plain} 🌺`,
  (plain) => `${plain}\u200b`,
  (plain) => [...plain].map((letter) => (/[A-Z]/.test(letter) ? wide(letter) : letter)).join(""),
  (plain) => `${plain}'s iPhone`,
  (plain) => `Galaxy A12 ${plain}`,
  (plain) => `${plain} (she/her)`,
];

/** As an East Asian keyboard types it: full width. */
function wide(letter: string): string {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0);
}
