/** Words for the same role in the languages of rosters and event files. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  participant: ["participant", "peserta", "attendee", "registrant", "hadirin"],
  panelist: [
    "panelist",
    "panellist",
    "panelis",
    "narasumber",
    "pembicara",
    "pemateri",
    "speaker",
    "pembahas",
  ],
  host: ["host", "co-host", "cohost", "tuan rumah", "penyelenggara", "panitia", "organizer", "organiser"],
  moderator: ["moderator", "pembawa acara", "mc"],
};

const canonical = new Map(
  Object.entries(synonyms).flatMap(([role, words]) => words.map((word) => [word, role] as const)),
);

/** `PESERTA` and `attendee` are `participant`; a word that is in no list stays itself in lower case. */
export function canonicalRole(word: string): string {
  const folded = word.trim().toLowerCase();
  return canonical.get(folded) ?? folded;
}

/** Those who gave the event rather than took part in it: an award falls to them only if its rule names their role. */
export function gaveTheEvent(role: string): boolean {
  return ["panelist", "host", "moderator"].includes(canonicalRole(role));
}
