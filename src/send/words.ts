/** What a mail says where the organiser says nothing else. */
export interface MailWords {
  readonly subject: string;
  readonly test: string;
  /** by how the certificate comes */
  readonly text: Readonly<Record<Delivery, string>>;
  readonly facts: readonly (readonly [label: string, placeholder: string])[];
  readonly download: string;
  readonly verify: string;
  readonly replaces: string;
  readonly proof: string;
  readonly automatic: string;
  readonly unsubscribe: string;
}

/** attach: in the mail; link: at an address; page: on the page that checks certificates */
export type Delivery = "attach" | "link" | "page";

export const mailWords: Readonly<Record<"id" | "en", MailWords>> = {
  id: {
    subject: "Sertifikat Anda: {{event.title}}",
    test: "[Uji coba]",
    text: {
      attach: `Yth. {{recipient.name}},

Terima kasih telah mengikuti {{event.title}}. Sertifikat Anda terlampir pada surel ini sebagai berkas PDF.`,
      link: `Yth. {{recipient.name}},

Terima kasih telah mengikuti {{event.title}}. Sertifikat Anda dapat diunduh sebagai berkas PDF.`,
      page: `Yth. {{recipient.name}},

Terima kasih telah mengikuti {{event.title}}. Sertifikat Anda dapat dilihat pada halaman pemeriksaan.`,
    },
    facts: [
      ["Nama", "recipient.name"],
      ["Nomor", "certificate.number"],
      ["Sebagai", "award.label"],
      ["Tanggal", "certificate.date"],
      ["Kode", "certificate.code"],
    ],
    download: "Unduh sertifikat",
    verify: "Periksa sertifikat",
    replaces:
      "Sertifikat ini menggantikan sertifikat nomor {{certificate.replaces}}, yang tidak berlaku lagi.",
    proof:
      "Siapa pun dapat memeriksa keasliannya: pindai kode QR pada sertifikat, atau buka halaman pemeriksaan.",
    automatic: "Surel ini dikirim secara otomatis.",
    unsubscribe: "Berhenti menerima surel",
  },
  en: {
    subject: "Your certificate: {{event.title}}",
    test: "[Test]",
    text: {
      attach: `Dear {{recipient.name}},

Thank you for taking part in {{event.title}}. Your certificate is attached to this mail as a PDF file.`,
      link: `Dear {{recipient.name}},

Thank you for taking part in {{event.title}}. Your certificate is ready to be downloaded as a PDF file.`,
      page: `Dear {{recipient.name}},

Thank you for taking part in {{event.title}}. Your certificate can be seen on the verification page.`,
    },
    facts: [
      ["Name", "recipient.name"],
      ["Number", "certificate.number"],
      ["As", "award.label"],
      ["Date", "certificate.date"],
      ["Code", "certificate.code"],
    ],
    download: "Download the certificate",
    verify: "Check the certificate",
    replaces: "This certificate takes the place of number {{certificate.replaces}}, which no longer holds.",
    proof:
      "Anybody can check that it is genuine: scan the QR code on the certificate, or open the verification page.",
    automatic: "This mail was sent automatically.",
    unsubscribe: "Receive no more mail",
  },
};
