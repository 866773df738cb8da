import { formatCode } from "../credential/code.js";
import { parseHex } from "../credential/hex.js";
import { formatLink } from "../credential/link.js";
import { parseToken } from "../credential/token.js";
import type { Register } from "../register/register.js";
import type { Registered } from "../register/rows.js";
import { recordOf } from "./material.js";

export type Dossier = ReturnType<typeof dossierOf>;

/** Everything that the register has of a certificate, as `register show --json` gives it. */
export function dossierOf(register: Register, found: Registered) {
  const { certificate: c } = found;
  const batch = register.batch(found.batch);
  if (batch === null) throw new TypeError(`no batch ${found.batch}`);
  const { counter, seq, evidence } = register.numberingOf(found);
  const withdrawal = register.withdrawalOf(found);
  const record = recordOf(batch);
  return {
    schema: "lulus.register-show/1",
    number: c.number,
    code: formatCode(parseHex(c.cti)),
    state: withdrawal?.state ?? "current",
    name: c.name,
    email: c.email,
    person: c.person,
    event: c.event,
    title: record.title,
    award: c.award,
    label: record.awards.find(({ id }) => id === c.award)?.label ?? c.award,
    date: c.date,
    personal: c.personal,
    sensitive: c.sensitive,
    revision: c.revision,
    replaces: register.formerOf(found),
    withdrawn:
      withdrawal === null
        ? null
        : { on: withdrawal.on, reason: withdrawal.reason, note: withdrawal.note, successor: withdrawal.by },
    counter,
    seq,
    status_index: c.statusIndex,
    kid: parseToken(c.token).kid,
    url: formatLink(record.verify, c.token),
    file: c.file,
    sha256: found.sha256,
    evidence,
    basis: batch.basis,
    template: batch.template,
    batch: batch.id,
    log: register.entriesOf(found),
  };
}
