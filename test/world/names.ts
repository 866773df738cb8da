import { at, type Random } from "./random.js";

/** Invented people: names combined from parts of several naming customs. Nobody here exists. */

const men =
  "Agus Budi Joko Slamet Hendra Rudi Bambang Wahyu Arif Fajar Dimas Yusuf Andi Putra Rizky Teguh".split(" ");
const women =
  "Siti Dewi Rina Wulan Endah Ratna Fitri Lestari Ayu Nurul Indah Yuni Mega Citra Tuti Lilis".split(" ");
const second = "Dwi Tri Eka Nur Sri Adi Catur Panca Bayu Gita Surya Kusuma Hadi Wira Tirta Laras".split(" ");
const family = (
  "Santoso Wibowo Prasetyo Nugroho Hidayat Saputra Kurniawan Setiawan Handayani Rahmawati Permana Gunawan " +
  "Susanto Utomo Hartono Suryadi Maulana Ramadhan Firmansyah Pratiwi Anggraini Puspitasari Widodo Mulyani"
).split(" ");
const mononyms = "Sulastri Suparman Effendi Sumarni Kasiyem Paijan Ngatini Mulyadi Sukesi Wagiman".split(" ");
const batak = "Sitorus Panggabean Nainggolan Tampubolon Situmorang Lumbanraja Pasaribu Marpaung".split(" ");
const batakGiven = "Parlindungan Tiurma Hotman Rosdiana Marudut Lasma Jonggi Duma".split(" ");
const bali = "Suardana Artawan Wirawan Sukerti Adnyana Mahayuni Sudiartha Parwati".split(" ");
const baliOrder = [
  "I Wayan",
  "I Made",
  "I Nyoman",
  "I Ketut",
  "Ni Luh",
  "Ni Kadek",
  "Ida Ayu",
  "I Gusti Putu",
];
const chinese = "Tan Liem Oei Kwee Thio Njoo Gouw Lauw".split(" ");
const chineseGiven = ["Swie Hok", "Mei Lan", "Giok Lie", "Tjay Hong", "Siok Hwa", "Kiem Nio"];
const eastern = [
  "Yosep Wanggai",
  "Maria Kolo",
  "Yakobus Rumbiak",
  "Theresia Bere",
  "Okto Waromi",
  "Merry Latuheru",
];
const marked = [
  "Aḥmad Ṣāliḥ",
  "Nūr ʿAynī",
  "Fāṭimah Zahrāʾ",
  "Muḥammad Ḥusayn",
  "Élodie Wijaya",
  "Zoë Tanudjaja",
];
const apostrophes = ["Ma'ruf Syafi'i", "Nu'man Sa'adah", "Rif'at Mu'min", "Jum'ah Qur'ani"];

const degrees = [
  "S.E.",
  "S.E., M.Si.",
  "S.Pd.",
  "S.Kom., M.T.",
  "S.H., M.H.",
  "S.Sos., M.AP.",
  "M.Kes.",
  "A.Md.",
];
const honorifics = ["Dr.", "Drs.", "Dr. H.", "Hj.", "Ir.", "H."];

/**
 * Long family names, far apart in every letter. Three of them make the name of a person whose lines carry no
 * address; no two such names, and none of the ordinary ones, come within a few letters of each other.
 */
const rare = (
  "Oktavianus Hutabarat Wirasasmita Djojohadikusumo Lumbantoruan Kertanegara Bratasudjana Mangkunegoro " +
  "Sastroamidjojo Purbacaraka Wignyosoebroto Reksodiputro Tjokroaminoto Soeriaatmadja Padmosoekarto Hadinegoro " +
  "Kartawidjaja Simatupang Prawirohardjo Notodisuryo Gandasubrata Martosewojo Djajadiningrat Siregarian " +
  "Ranggawuluh Poerwadarminta Nitisemitro Atmosudirdjo Wongsonegoro Brodjonegoro Hendraningrat"
).split(" ");

const institutions = [
  "Dinas Kesehatan Kota Baru",
  "BKD Provinsi Nusa Raya",
  "Kec. Lawang",
  "Dinas Pendidikan Kab. Tirta",
  "RSUD Harapan Raya",
  "Bappeda Kab. Samudra",
  "Universitas Nusa Raya",
  "Inspektorat Kota Baru",
];

export interface Profile {
  /** without titles */
  readonly plain: string;
  /** with titles, as typed into forms */
  readonly full: string;
  readonly email: string;
  readonly nip: string;
  readonly institution: string;
}

export interface Register {
  /** a person with an address; the name may be another person's too */
  enrol(name?: string): Profile;
  /** a name that nobody else in this world bears or comes near to */
  rareName(): string;
  telephone(): string;
}

export function openRegister(random: Random): Register {
  let enrolled = 0;
  let rareUsed = 0;
  let telephones = 0;
  return {
    enrol: (name) => profileOf(random, name ?? ordinaryName(random), enrolled++),
    rareName: () => {
      let words = rareWordsAt(rareUsed++);
      while (new Set(words).size < words.length) words = rareWordsAt(rareUsed++);
      return words.join(" ");
    },
    telephone: () =>
      `+62 8${random.pick(["12", "21", "57"])}-${3100 + (telephones % 6000)}-${4000 + telephones++}`,
  };
}

function ordinaryName(random: Random): string {
  const kind = random.integer(1, 100);
  if (kind <= 6) return random.pick(mononyms);
  if (kind <= 13) return `${random.pick(batakGiven)} ${random.pick(batak)}`;
  if (kind <= 21) return `${random.pick(baliOrder)} ${random.pick(second)} ${random.pick(bali)}`;
  if (kind <= 25) return `${random.pick(chinese)} ${random.pick(chineseGiven)}`;
  if (kind <= 28) return random.pick(eastern);
  if (kind <= 30) return random.pick(marked);
  if (kind <= 32) return random.pick(apostrophes);
  const given = random.pick(random.chance(0.5) ? men : women);
  return random.chance(0.6)
    ? `${given} ${random.pick(second)} ${random.pick(family)}`
    : `${given} ${random.pick(family)}`;
}

/** Each number its own combination; the least significant word comes first, so that neighbours differ visibly. */
function rareWordsAt(number: number): string[] {
  const size = rare.length;
  if (number >= size ** 3) throw new RangeError(`only ${size ** 3} rare names`);
  const places = [
    number,
    Math.floor(number / size) + number + 3,
    Math.floor(number / size ** 2) + number * 7 + 11,
  ];
  return places.map((place) => at(rare, place % size));
}

function profileOf(random: Random, plain: string, number: number): Profile {
  const before = random.chance(0.12) ? `${random.pick(honorifics)} ` : "";
  const after = random.chance(0.45) ? `, ${random.pick(degrees)}` : "";
  return {
    plain,
    full: `${before}${plain}${after}`,
    email: `${localPart(plain)}${number + 1}@${random.pick(domains)}`,
    nip: random.chance(0.6) ? inventNip(random, number) : "",
    institution: random.pick(institutions),
  };
}

const domains = ["surel.example", "pos.example", "nusaraya.example", "kotabaru.example", "kampus.example"];

function localPart(name: string): string {
  const letters = name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z ]/g, "")
    .trim();
  return letters.split(/ +/).slice(0, 2).join(".") || "peserta";
}

/** Birth date, month of appointment, sex, serial: the shape of a civil servant's number, of nobody. Unique by number. */
function inventNip(random: Random, number: number): string {
  const born = `${random.integer(1966, 1990)}${two(random.integer(1, 12))}${two(random.integer(1, 28))}`;
  // No serial 000: a spreadsheet that loses digits leaves such an end.
  const thousands = Math.floor(number / 999);
  const appointed = `${2015 + (Math.floor(thousands / 24) % 9)}${two((Math.floor(thousands / 2) % 12) + 1)}`;
  return `${born}${appointed}${(thousands % 2) + 1}${`${(number % 999) + 1}`.padStart(3, "0")}`;
}

function two(number: number): string {
  return `${number}`.padStart(2, "0");
}
