import type { Language } from "../../model/event.js";

/** What the conversation says. */
export interface Words {
  readonly intro: string;
  readonly found: (attendance: readonly string[], quizzes: readonly string[]) => string;
  readonly nothingFound: string;
  readonly title: string;
  readonly sessions: string;
  readonly sessionsHint: string;
  readonly issuer: string;
  readonly minAttendance: string;
  readonly minScore: string;
  readonly url: string;
  readonly isEncrypted: string;
  readonly cancelled: string;
  readonly wanted: {
    readonly text: string;
    readonly session: string;
    readonly percent: string;
    readonly url: string;
  };
  readonly defaults: { readonly title: string; readonly issuer: string };
  readonly next: string;
  readonly plainKey: string;
  readonly placeholder: string;
  readonly guessed: string;
  readonly noAttendance: string;
  readonly unknown: (files: readonly string[]) => string;
}

export const words: Readonly<Record<Language, Words>> = {
  id: {
    intro: "Acara baru. Enter menerima usulan; semuanya dapat diubah nanti di event.yaml.",
    found: (attendance, quizzes) =>
      `Ditemukan: kehadiran ${attendance.join(", ") || "–"}; nilai ${quizzes.join(", ") || "–"}`,
    nothingFound: "Tidak ada berkas Zoom atau nilai di sini: contoh dengan orang-orang rekaan akan dibuat.",
    title: "Judul acara",
    sessions: "Waktu sesi menurut jadwal",
    sessionsHint: "beberapa sesi dipisahkan dengan koma",
    issuer: "Nama instansi penerbit",
    minAttendance: "Kehadiran paling sedikit, dalam persen",
    minScore: "Nilai paling sedikit, dalam persen",
    url: "Alamat halaman pemeriksaan, tercetak di setiap kode QR",
    isEncrypted: "Lindungi kunci penanda tangan dengan kata sandi?",
    cancelled: "Dibatalkan; tidak ada yang ditulis.",
    wanted: {
      text: "Isi dahulu",
      session: "Tulis seperti 2024-10-24 08:30-11:30",
      percent: "Angka dari 0 sampai 100",
      url: "Alamat seperti https://sertifikat.instansi.go.id/v",
    },
    defaults: { title: "Webinar Contoh", issuer: "Nama Instansi" },
    next: "Selanjutnya:",
    plainKey: "kunci penanda tangan tidak dilindungi kata sandi: cukup untuk mencoba, bukan untuk instansi",
    placeholder: "sebelum menerbitkan sungguhan: isi nama instansi dan alamat pemeriksaan di event.yaml",
    guessed: "waktu sesi dibaca dari berkas Zoom: cocokkan dengan jadwal di event.yaml",
    noAttendance: "belum ada laporan kehadiran: letakkan ekspor Zoom di dalam map attendance",
    unknown: (files) => `tidak dikenali, jadi tidak dipakai: ${files.join(", ")}`,
  },
  en: {
    intro: "A new event. Enter takes what is proposed; all of it can be changed later in event.yaml.",
    found: (attendance, quizzes) =>
      `Found: attendance ${attendance.join(", ") || "–"}; scores ${quizzes.join(", ") || "–"}`,
    nothingFound: "No export of Zoom or of scores lies here: a sample with invented people will be made.",
    title: "Title of the event",
    sessions: "Sessions, as scheduled",
    sessionsHint: "several are parted by commas",
    issuer: "Name of the issuing office",
    minAttendance: "Least attendance, in percent",
    minScore: "Least score, in percent",
    url: "Address of the page that checks, printed in every QR code",
    isEncrypted: "Protect the signing key with a passphrase?",
    cancelled: "Cancelled; nothing was written.",
    wanted: {
      text: "Some text is needed",
      session: "Write it as in 2024-10-24 08:30-11:30",
      percent: "A number from 0 to 100",
      url: "An address as in https://certificates.example.org/v",
    },
    defaults: { title: "A Sample Webinar", issuer: "Name of Your Office" },
    next: "Next:",
    plainKey: "the signing key has no passphrase: fine for trying, not for an office",
    placeholder: "before you issue in earnest: put your office and the address that checks into event.yaml",
    guessed: "the sessions were read from the Zoom file: compare them with the schedule in event.yaml",
    noAttendance: "there is no attendance yet: put Zoom's export into the folder attendance",
    unknown: (files) => `not recognised, so not used: ${files.join(", ")}`,
  },
};
