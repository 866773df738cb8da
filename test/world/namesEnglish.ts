import { openRegister, type Register } from "./names.js";
import { at, type Random } from "./random.js";

/** Invented people of an English-speaking event. Nobody here exists. */

const given =
  "Amara Ben Chloe Dev Elena Farid Grace Hugo Imani Jonas Keiko Liam Maya Nadia Omar Priya Quinn Rosa".split(
    " ",
  );
const family = (
  "Adeyemi Brennan Castellanos Dubois Eriksen Fernando Goldberg Haddad Iwata Jansen Kowalska Lindqvist Mbeki " +
  "Novak O'Connor Petrov Quigley Rasmussen"
).split(" ");
const organisations = [
  "City Library",
  "Open Data Hub",
  "Harbour Council",
  "University of Northmere",
  "Transit Authority",
];

/** Far apart in every letter, for lines that carry no address. */
const rare = [
  "Bartholomew Featherstone",
  "Wilhelmina Vandergriff",
  "Oluwaseun Akinfolarin",
  "Guadalupe Zaragoza Pinto",
  "Maximilian Hohenlinden",
  "Thandeka Nkosikhona",
  "Evangeline Szymborski",
  "Ravichandran Muthukumar",
  "Jacqueline Montparnasse",
  "Cornelius Ashworth-Pryce",
  "Yevgenia Dolgorukova",
  "Florentina Quattrocchi",
  "Suleiman Abdelrahman",
  "Kristoffer Bjerregaard",
  "Philippa Chumbley-Moss",
];

export function openEnglishRegister(random: Random): Register {
  const base = openRegister(random);
  let rareUsed = 0;
  let drawn = 0;
  // Five and eighteen share no factor: every pair comes up once before any comes twice.
  const ordinary = (): string => {
    const place = drawn++;
    return `${at(given, (place * 5) % given.length)} ${at(family, (place * 5 + Math.floor(place / 18)) % family.length)}`;
  };
  return {
    enrol: (name) => {
      const plain = name ?? ordinary();
      return { ...base.enrol(plain), full: plain, nip: "", institution: random.pick(organisations) };
    },
    rareName: () => at(rare, rareUsed++),
    telephone: () => base.telephone(),
  };
}
