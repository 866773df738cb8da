import type { Language } from "../../model/event.js";

/** What a new event file says beside its lines. */
export interface Comments {
  readonly top: readonly string[];
  readonly id: string;
  readonly language: string;
  readonly timezone: string;
  readonly sessions: string;
  readonly sessionsGuessed: string;
  readonly issuer: string;
  readonly attendance: string;
  readonly quiz: string;
  readonly noQuiz: string;
  readonly roster: string;
  readonly awards: string;
  readonly label: string;
  readonly labelNote: string;
  readonly template: string;
  readonly when: string;
  readonly bar: string;
  readonly number: string;
  readonly fields: readonly string[];
  readonly url: string;
  readonly urlPlaceholder: string;
  readonly mail: string;
  readonly mailPlaceholder: string;
}

export const comments: Readonly<Record<Language, Comments>> = {
  id: {
    top: [
      "Satu acara. Urutannya: lulus check (melihat dulu), lulus issue (menerbitkan), lulus send (mengirim).",
      "Baris yang diawali tanda pagar adalah keterangan; hapus tanda itu untuk memakai barisnya.",
    ],
    id: "huruf kecil, angka, tanda hubung; jangan diubah setelah ada sertifikat terbit",
    language: "id atau en: bahasa sertifikat, laporan, dan halaman pemeriksaan",
    timezone: "zona waktu sesi di bawah ini dan waktu di berkas ekspor",
    sessions: "menurut jadwal; kehadiran hanya dihitung di dalamnya",
    sessionsGuessed: "dibaca dari berkas Zoom: cocokkan dengan jadwal sebelum menerbitkan",
    issuer: "penerbit, seperti tercetak",
    attendance: "laporan peserta dari Zoom, persis seperti diunduh",
    quiz: "best | first | latest | average: percobaan mana yang dipakai",
    noQuiz: "nilai dari Google Forms, Moodle, dan lain-lain",
    roster: "daftar Anda sendiri: nama yang dicetak, surel, NIP, instansi, peran",
    awards: "yang diberikan: yang pertama yang semua syaratnya terpenuhi",
    label: "Peserta",
    labelNote: "sebutannya di sertifikat",
    template: "classic | modern | piagam, atau map buatan sendiri",
    when: "semua baris harus terpenuhi",
    bar: "batas ikut dihitung: tepat sekian sudah cukup",
    number: "0001/…; tidak pernah dipakai dua kali",
    fields: [
      "date: 2024-10-25          # tanggal yang dicetak; tanpa baris ini: hari sesi terakhir",
      'fields: { hours: "3 JP", place: Surabaya, signatory: { name: Nama, title: Jabatan, nip: "…" } }',
    ],
    url: "alamat di setiap kode QR, untuk selamanya; di sini hasil `lulus publish` diletakkan",
    urlPlaceholder: "CONTOH: ganti sebelum menerbitkan; tercetak di setiap kode QR untuk selamanya",
    mail: "`lulus send`: pengirim surel; server dan kata sandinya tidak ditulis di sini",
    mailPlaceholder: "CONTOH: `lulus send` menulis surel atas nama alamat ini",
  },
  en: {
    top: [
      "One event. The order is: lulus check (look first), lulus issue, lulus send.",
      "What stands behind a # is a comment; take the # away to use the line.",
    ],
    id: "lower case, digits, hyphens; not to be changed once something is issued",
    language: "id or en: of the certificate, the report and the page that checks",
    timezone: "of the sessions below and of the times in the exports",
    sessions: "as scheduled; attendance counts only inside",
    sessionsGuessed: "read from the Zoom file: compare with the schedule before you issue",
    issuer: "as it is printed",
    attendance: "Zoom's report of participants, as it was downloaded",
    quiz: "best | first | latest | average: which attempt counts",
    noQuiz: "scores from Google Forms, Moodle and others",
    roster: "a list of your own: name to print, e-mail, NIP, institution, role",
    awards: "the first whose conditions a person meets is the one given",
    label: "Participant",
    labelNote: "how the certificate calls it",
    template: "classic | modern | piagam, or a folder of your own",
    when: "all lines must hold",
    bar: "exactly so much is enough",
    number: "0001/…; none is used twice",
    fields: [
      "date: 2024-10-25          # the date printed; without this line the day of the last session",
      'fields: { hours: "3 hours", place: Surabaya, signatory: { name: Name, title: Office, nip: "…" } }',
    ],
    url: "in every QR code, for ever; what `lulus publish` makes is laid there",
    urlPlaceholder: "AN EXAMPLE: change it before you issue; it stands in every QR code for ever",
    mail: "`lulus send`: who writes; the server and its password are not told here",
    mailPlaceholder: "AN EXAMPLE: `lulus send` writes as this address",
  },
};
