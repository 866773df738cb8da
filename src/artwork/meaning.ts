/*
 * What people write where a name will come: in designs (`<<Nama>>`, NAMA PESERTA) and as names of form fields
 * (`nomer_sertifikat`). One row for each thing that a certificate can print.
 */

export interface Meaning {
  /** placeholder, with its filter where it has one */
  readonly value: string;
  readonly id: string;
}

interface Row extends Meaning {
  /** words as they stand between brackets or as a field's name, folded */
  readonly words: readonly string[];
}

const list = (words: string) => words.split(", ");

const rows: readonly Row[] = [
  {
    id: "name",
    value: "recipient.name",
    words: list(
      "nama, nama lengkap, nama peserta, nama penerima, nama anda, nama siswa, nama mahasiswa, nama narasumber, nama pemateri, name, full name, fullname, your name, your name here, participant, participant name, attendee, attendee name, recipient, recipient name, student name, name surname, first name last name, name here, peserta",
    ),
  },
  {
    id: "number",
    value: "certificate.number",
    words: list(
      "nomor, nomer, no, nomor sertifikat, nomer sertifikat, no sertifikat, nomor surat, number, certificate number, certificate no, certificate id, cert no, serial, serial number",
    ),
  },
  {
    id: "nip",
    value: "recipient.nip | nip",
    words: list("nip, nip peserta, employee number, employee id, nip nrp, nomor induk pegawai"),
  },
  {
    id: "institution",
    value: "recipient.institution",
    words: list(
      "instansi, asal instansi, unit kerja, institusi, lembaga, perusahaan, universitas, sekolah, institution, organisation, organization, company, affiliation",
    ),
  },
  { id: "role", value: "award.label", words: list("sebagai, peran, role, award, predikat") },
  {
    id: "date",
    value: "certificate.date | date: 'd MMMM y'",
    words: list("tanggal, tgl, tanggal terbit, tanggal sertifikat, date, issue date, date of issue"),
  },
  {
    id: "days",
    value: "event.days | date: 'd MMMM y'",
    words: list("tanggal acara, tanggal kegiatan, tanggal pelaksanaan, event date, course date"),
  },
  {
    id: "title",
    value: "event.title",
    words: list(
      "judul, tema, kegiatan, nama kegiatan, judul kegiatan, acara, nama acara, webinar, event, event name, event title, course, course name, course title, title",
    ),
  },
  {
    id: "hours",
    value: "certificate.fields.hours",
    words: list("jp, jam pelajaran, jumlah jp, durasi, hours, duration, credits, credit hours"),
  },
  {
    id: "place",
    value: "certificate.fields.place",
    words: list("tempat, kota, lokasi, place, city, location"),
  },
  {
    id: "signatory",
    value: "certificate.fields.signatory.name",
    words: list(
      "nama pejabat, pejabat, penandatangan, nama penandatangan, signatory, signatory name, signer",
    ),
  },
  {
    id: "position",
    value: "certificate.fields.signatory.title",
    words: list("jabatan pejabat, jabatan penandatangan, signatory title, signer title"),
  },
  { id: "code", value: "certificate.code", words: list("kode, kode verifikasi, code, verification code") },
];

const byWord = new Map(rows.flatMap((row) => row.words.map((word) => [word, row] as const)));

/** What a word between brackets or a field's name means, or `null`. */
export function meaningOf(name: string): Meaning | null {
  const folded = fold(name);
  const found = byWord.get(folded) ?? byWord.get(folded.replace(/ \d+$/, ""));
  return found === undefined ? null : { id: found.id, value: found.value };
}

/** `nomer_sertifikat`, `NomerSertifikat` and `Nomer Sertifikat :` are one word. */
function fold(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Marks of mail merges: `<<Nama>>`, `{{Name}}`, `[NAMA]`, `«Name»`, `${name}`, `%name%`. */
const merged =
  /<<\s*([^<>]{1,40}?)\s*>>|\{\{\s*([^{}]{1,40}?)\s*\}\}|\[\s*([^[\]]{1,40}?)\s*\]|«\s*([^«»]{1,40}?)\s*»|\$\{\s*([^{}]{1,40}?)\s*\}|%([a-z_]{3,40})%/giu;
const filler =
  /\blorem\b|\bipsum\b|\bdolor sit\b|\byour (?:text|title|name|event|company)\b|\binsert .{0,20}\bhere\b|\bclick to (?:add|edit)\b|\bklik untuk\b/iu;
const alone =
  /^(?:nama(?: lengkap)? (?:peserta|penerima|anda|lengkap|siswa|mahasiswa|narasumber)|nama lengkap|nama disini|nama di sini|(?:participant|recipient|attendee|student|full|your)(?:['’]s)? name(?: here)?|name (?:here|surname)|jane doe|john doe|fulan(?: bin fulan)?)[\s.,]*$/iu;

/** Text that a design program or a mail merge left in a line. */
export interface Sample {
  readonly text: string;
  /** `null` where it is only filler, or a mark that nothing here stands for */
  readonly meaning: Meaning | null;
  /** where it stands in the line, in characters */
  readonly from: number;
  readonly length: number;
}

/** The samples in a line of text; a line of dots or underscores to write on is none. */
export function samplesIn(line: string): Sample[] {
  const marks = [...line.matchAll(merged)].flatMap((match): Sample[] => {
    const inside = match.slice(1).find((part) => part !== undefined) ?? "";
    // brackets and percents have other uses
    if (/^[[%]/.test(match[0]) && meaningOf(inside) === null) return [];
    return [
      {
        text: match[0],
        meaning: meaningOf(inside),
        from: match.index,
        length: match[0].length,
      },
    ];
  });
  if (marks.length > 0) return marks;
  const whole = line.trim();
  if (alone.test(whole)) return [{ text: whole, meaning: meaningOf("nama"), from: 0, length: line.length }];
  return filler.test(whole) ? [{ text: whole, meaning: meaningOf(whole), from: 0, length: line.length }] : [];
}
