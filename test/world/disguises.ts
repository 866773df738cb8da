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
