// What all peers draw: the artwork and the fonts of `classic`, its texts in their places, and a QR code.
import { readFileSync } from "node:fs";

const template = (path) => readFileSync(new URL(`../../../templates/classic/${path}`, import.meta.url));
const millimetres = (length) => (length * 72) / 25.4;

export const width = 841.89;
export const height = 595.276;
export const background = () => template("background.pdf");
/** The same as a JPEG of 150 dots an inch, for what cannot draw a PDF. */
export const picture = () => readFileSync(new URL("artwork.jpg", import.meta.url));
export const fonts = {
  title: () => template("fonts/Cinzel_600SemiBold.ttf"),
  name: () => template("fonts/CormorantGaramond_700Bold.ttf"),
  body: () => template("fonts/CrimsonPro_400Regular.ttf"),
  sans: () => template("fonts/CrimsonPro_600SemiBold.ttf"),
};

/** Where the QR code stands: points from the upper left. */
export const qr = { x: millimetres(31), y: millimetres(150), side: millimetres(32) };

/** @typedef {{ number: string, name: string, url: string, file: string }} Certificate */

/** @param {string} path the list that `lulus issue` writes @param {number} count @returns {Certificate[]} */
export function certificatesOf(path, count) {
  const [header, ...lines] = readFileSync(path, "utf8").slice(1).split("\r\n");
  const columns = header.split(",");
  return lines.slice(0, count).map((line) => {
    const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
    );
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
  });
}

/** The lines of a certificate: font, size, middle of the line or left end, baseline from the top; points. */
export function linesOf({ name, number }) {
  const middle = width / 2;
  const at = (font, size, top, text, x = middle) => ({
    font,
    size,
    x,
    y: millimetres(top),
    text,
    isCentred: x === middle,
  });
  const right = millimetres(216);
  return [
    at("sans", 13.5, 34, "BADAN PELATIHAN APARATUR PROVINSI NUSA RAYA"),
    at("title", 40, 58, "SERTIFIKAT"),
    at("sans", 10.5, 68, `Nomor: ${number}`),
    at("body", 12.5, 79, "diberikan kepada"),
    at("name", 32, 98, name),
    at(
      "body",
      13,
      124,
      "atas partisipasinya sebagai Peserta dalam Sertifikat yang Diukur, dari Register sampai Cetak,",
    ),
    at("body", 13, 130, "Webinar ASN Belajar Seri 12, yang diselenggarakan oleh Badan Pelatihan Aparatur"),
    at("body", 13, 136, "Provinsi Nusa Raya pada 24 September 2026, setara 3 JP."),
    at("body", 12, 150, "Kota Baru, 24 September 2026", right),
    at("body", 12, 155, "Kepala Badan,", right),
    at("body", 12, 176, "Dr. Ratna Dewi, M.Si.", right),
    at("body", 10, 181, "NIP 19700101 199503 2 001", right),
    at("sans", 8, 174, "Pindai untuk memeriksa keaslian", millimetres(85)),
    at("sans", 8, 178, "sertifikat.nusaraya.example", millimetres(85)),
  ];
}

/** Every peer is started as: node peer.js LIST COUNT FOLDER */
export function job() {
  const [, , list, count, folder] = process.argv;
  return { certificates: certificatesOf(list, Number(count)), folder };
}
