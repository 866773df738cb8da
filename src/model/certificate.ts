/**
 * A certificate as it was issued: everything that is signed and everything that is printed about the person.
 * Rendering follows from this and the batch alone; nothing in it ever changes.
 */
export interface Certificate {
  /** event id, person key, award id, revision (from 0): unique together */
  readonly event: string;
  readonly person: string;
  readonly award: string;
  readonly revision: number;
  readonly number: string;
  /** NFC, exactly as printed and signed */
  readonly name: string;
  /** first address of the person, for sending; never printed, never signed */
  readonly email: string | null;
  /** printed about this person beside name and number, by field name (claim 10 of the token) */
  readonly personal: Readonly<Record<string, string>>;
  /** printed about this person but marked sensitive (NIP): never in the token */
  readonly sensitive: Readonly<Record<string, string>>;
  /** ISO date, printed and signed */
  readonly date: string;
  /** 10 bytes, hex */
  readonly cti: string;
  readonly statusIndex: number;
  /** the decimal number that the QR carries behind `#` */
  readonly token: string;
  /** file name inside the output folder */
  readonly file: string;
}

/** Facts of the event that every certificate of a batch shares and that the token names by hash. */
export interface EventRecord {
  readonly v: 1;
  /** `did:web:…` of the verification address */
  readonly issuer: string;
  readonly name: string;
  readonly event: string;
  readonly title: string;
  readonly series?: string;
  readonly language: "id" | "en";
  /** ISO dates of the first and last day of the sessions, in the event's time zone */
  readonly start: string;
  readonly end: string;
  /** in the order of the event file; claim 5 is an index into it */
  readonly awards: readonly { readonly id: string; readonly label: string }[];
  /** `certificate.fields` of the event file */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly verify: string;
  /** where the PDFs are signed: a file without this signature is not as it was issued */
  readonly signature?: SignatureRecord;
}

/** Whose signature the PDFs of an event bear. The certificate itself, with the name in it, is in each file. */
export interface SignatureRecord {
  /** SHA-256 of the signer's certificate (X.509), hex */
  readonly certificate: string;
  /** of PAdES: B-T has a time stamp */
  readonly level: "B-B" | "B-T";
}
