/** Something that is not as the register was given it. */
export interface Finding {
  /** stable: `file`, `schema`, `chain`, `row-changed`, `row-missing`, `row-foreign`, `content`, `holder`, `gap`, `token`, `tail` */
  readonly code: string;
  /** lower case, no full stop */
  readonly what: string;
  /** the part of the register: a certificate by its number, an entry of the log, a table */
  readonly where: string;
  readonly remedy: string;
}

const restore =
  "restore the register from a copy or an export (`lulus register import`) and issue nothing from this one";

export function finding(code: string, where: string, what: string, remedy: string = restore): Finding {
  return { code, where, what, remedy };
}
