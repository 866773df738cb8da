import type { Language } from "../model/event.js";
import type { Person } from "../model/person.js";

/*
 * Whom a certificate is previewed for. What goes wrong with a design goes wrong at its ends: the longest name, the
 * shortest, everything there is, nothing but what must be. So those are shown first, and taken from the event's own people.
 */

export interface Specimen {
  /** stable, for addresses and file names */
  readonly id: string;
  /** what it shows, for people */
  readonly label: string;
  readonly person: Person;
  /** whether all that an event may leave out is left out: its own fields, the series */
  readonly isBare: boolean;
}

const words = {
  id: {
    typical: "Biasa",
    longest: "Nama terpanjang di acara ini",
    shortest: "Nama terpendek di acara ini",
    utmost: "Nama dan instansi sangat panjang",
    mononym: "Satu kata",
    bare: "Tanpa isian opsional",
  },
  en: {
    typical: "Typical",
    longest: "Longest name of this event",
    shortest: "Shortest name of this event",
    utmost: "Very long name and institution",
    mononym: "One word",
    bare: "Nothing optional",
  },
} as const;

const typicalName = "Siti Aminah, S.Kep., Ns.";
const utmostName =
  "Dr. Ir. Hj. Raden Ayu Kusumaningtyas Djojoadhiningrat Prawiranegara, S.H., S.E., M.Si., M.M.";
const utmostInstitution =
  "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kabupaten Penajam Paser Utara, Provinsi Kalimantan Timur";
/** Eighteen digits as a civil servant's number has them; nobody's. */
const nip = "199001012020012001";

/** @param people those who may be given the award; none are needed */
export function specimensOf(people: readonly Person[], language: Language): Specimen[] {
  const say = words[language];
  const named = people.filter(({ name }) => name !== "").sort(byLength);
  const typical = named[Math.floor(named.length / 2)] ?? invented(typicalName, "Dinas Kesehatan", nip);
  const shortest = named[0];
  const longest = named.at(-1);
  const specimen = (id: keyof typeof say, person: Person | undefined, isBare = false): Specimen[] =>
    person === undefined
      ? []
      : [{ id, label: say[id], person: { ...person, ...unheard, key: `preview:${id}` }, isBare }];
  return [
    ...specimen("typical", typical),
    ...specimen("longest", longest),
    ...specimen("shortest", shortest),
    ...specimen("utmost", invented(utmostName, utmostInstitution, nip)),
    ...specimen("mononym", invented("Ali", "LAN", nip)),
    ...specimen("bare", { ...typical, institution: null, nip: null }, true),
  ];
}

function byLength(a: Person, b: Person): number {
  return [...a.name].length - [...b.name].length || (a.name < b.name ? -1 : 1);
}

/** Nothing of a specimen but what is printed is ever asked for. */
const unheard = { attendance: [], times: [], quizzes: [], presence: [], sources: [] } as const;

function invented(name: string, institution: string, number: string): Person {
  return {
    key: `name:${name}`,
    keys: [],
    name,
    aliases: [],
    emails: [],
    nip: number,
    institution,
    role: "participant",
    ...unheard,
  };
}
