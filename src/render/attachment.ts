import { formatLiteral, formatName, formatPdfDate, formatTextString } from "./notation.js";

/** A file that every certificate of a batch carries, each with bytes of its own: what it is, the same for all. */
export interface Attachment {
  /** file name that readers offer, as in `credential.json` */
  readonly name: string;
  /** as in `application/ld+json` */
  readonly mime: string;
  readonly description: string;
}

/** The file as the document's own data (ISO 19005-3, 6.8): what catalog entries refer to. */
export function specificationBody({ name, description }: Attachment, bytes: number): string {
  const text = formatTextString(name);
  return `<</Type /Filespec /F ${text} /UF ${text} /Desc ${formatTextString(description)} /AFRelationship /Data /EF <</F ${bytes} 0 R /UF ${bytes} 0 R>>>>`;
}

export function catalogEntries({ name }: Attachment, specification: number): string {
  const file = `${specification} 0 R`;
  return `/AF [${file}] /Names <</EmbeddedFiles <</Names [${formatTextString(name)} ${file}]>>>>`;
}

/** @param day ISO date: the certificate's, since a file's own would differ from run to run */
export function streamEntries({ mime }: Attachment, size: number, day: string): string {
  const parameters = `<</Size ${size} /ModDate ${formatLiteral(formatPdfDate(day))}>>`;
  return `/Type /EmbeddedFile /Subtype ${formatName(mime)} /Params ${parameters}`;
}
