// Invented people, made from their number alone: the same number is the same person in every file.

const first =
  "Siti Budi Made Dewi Andi Rina Agus Sri Eko Nur Wayan Dian Hendra Ratna Yusuf Lestari Bambang Fitri Joko Maya Rudi Indah Arif Putri Slamet Wulan Dedi Ayu Hadi Nia".split(
    " ",
  );
const middle =
  "Aminah Rizki Kusuma Puspita Setya Wati Adi Rahma Dwi Tri Cahya Bayu Fajar Surya Mega Intan Galih Sekar Bagus Laksmi Teguh Anjani Satria Permata Gilang Kirana Wira Melati Panji Larasati".split(
    " ",
  );
const last =
  "Santoso Wijaya Hidayat Nugroho Saputra Lubis Siregar Handayani Pratama Wibowo Kurniawan Susanto Rahayu Gunawan Setiawan Harahap Simanjuntak Utami Hartono Permadi Suryani Maulana Firmansyah Nasution Purnomo Halim Mulyadi Kartika Ramadhan Tanjung".split(
    " ",
  );
const titles = ["", "", ", S.E.", ", S.Sos., M.Si.", ", S.Kom.", ", M.Pd."];

const of = (words, number) => words[number % words.length];

/** @param {number} number from 0; @returns {{ name: string, full: string, email: string }} `full` with titles, as people type it into forms */
export function person(number) {
  // a step coprime to the count of combinations, so that neighbours in a file have nothing in common
  const spread = (number * 7919) % 27_000;
  const round = Math.floor(number / 27_000);
  const parts = [of(first, spread), of(middle, Math.floor(spread / 30)), of(last, Math.floor(spread / 900))];
  if (round > 0) parts.splice(1, 0, of(middle, round * 7 + spread));
  const name = parts.join(" ");
  const full = `${number % 5 === 0 ? "Dr. " : ""}${name}${of(titles, number)}`;
  return { name, full, email: `${parts[0].toLowerCase()}.${number}@contoh.example` };
}

/** How a person shows up in a call: in capitals, with an order number, with the office. */
export function display({ name }, number) {
  if (number % 4 === 1) return name.toUpperCase();
  if (number % 9 === 2) return `${String(number % 1000).padStart(3, "0")}_${name}`;
  if (number % 11 === 3) return `${name}_Dinas Kesehatan`;
  return name;
}
