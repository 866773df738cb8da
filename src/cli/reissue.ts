import { formatKeySet } from "../credential/keyset.js";
import { hashRecord } from "../credential/record.js";
import { type Corrected, correct } from "../issue/correct.js";
import { recordOf } from "../issue/record.js";
import { Fault } from "../model/fault.js";
import type { Registered } from "../register/rows.js";
import { openTypesetter } from "../render/typesetter.js";
import { signBadge } from "./badge.js";
import { freeze } from "./batch.js";
import { openEventFolder, shownPath } from "./eventFolder.js";
import { stoppable } from "./interrupt.js";
import { badgesOf } from "./issue.js";
import { trialOf } from "./printable.js";
import { renderMissing, wholeEvent } from "./renderMissing.js";
import { admitReason, findAll, openRegister } from "./revoke.js";
import { signedRecord, signerForNew, signersOf } from "./signing/signer.js";
import { signMissing } from "./signing/signMissing.js";
import { openSigningKey } from "./signingKey.js";
import { answer, note } from "./talk.js";
import { openTemplates } from "./templates.js";

export interface ReissueOptions {
  readonly name?: string;
  readonly set?: readonly string[];
  readonly reason?: string;
  readonly note?: string;
  readonly event?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * `lulus reissue`: a new certificate with what is corrected, and the old one marked as replaced by it, in one
 * transaction. What is not named stays; event file and template are those of today.
 */
export async function reissue(number: string, options: ReissueOptions): Promise<number> {
  const folder = openEventFolder(options.event);
  const reason = admitReason(options.reason ?? "correction");
  const templates = openTemplates(folder);
  const key = await openSigningKey(folder);
  return await stoppable(async () => {
    const register = openRegister(folder);
    try {
      const [former] = findAll(register, [number]);
      if (former === undefined) throw new TypeError("found nothing and said nothing");
      const withdrawn = register.withdrawalOf(former);
      admitFormer(former, folder.event.config.event.id, withdrawn?.by);
      const signers = signersOf(folder);
      const signer = await signerForNew(folder, signers);
      const record = signedRecord(recordOf(folder.event), signer);
      const { template } = templates.of(former.certificate.award);
      const batch = {
        event: folder.event,
        record,
        recordHash: await hashRecord(record),
        printed: () => template,
      };
      const change = { name: options.name, fields: fieldsOf(options.set ?? []) };
      const typesetter = await openTypesetter(template, trialOf(folder.event, former.certificate.award));
      const badges = (await badgesOf(folder, record)).get(former.certificate.award);
      const corrected = await register.transactionAround(async (): Promise<Corrected> => {
        const made = correct(batch, former.certificate, change, register, key);
        const { certificate, counter, seq } = made;
        const flaw = typesetter.unprintable(certificate);
        if (flaw !== null)
          throw new Fault("name-unprintable", `the certificate cannot be printed: ${flaw.what}`);
        register.enter(
          await freeze(
            folder,
            templates,
            record,
            certificate.award,
            [certificate],
            { inputs: [], rulings: [] },
            signer,
          ),
          [
            {
              certificate,
              badge: badges === undefined ? null : signBadge(certificate, badges, key),
              keys: [],
              counter,
              seq,
              evidence: register.numberingOf(former).evidence,
            },
          ],
          { kid: key.kid, publicKey: formatKeySet([key.public]) },
        );
        // one that was revoked stays revoked: what was published of it is never taken back
        if (withdrawn === null)
          register.withdraw(
            former,
            { state: "replaced", reason, note: options.note ?? "" },
            certificate.number,
          );
        return made;
      });
      await signMissing(register, record.event, signers, { quiet: true });
      const rendered = await renderMissing(register, wholeEvent(folder), { quiet: true });
      await tell(former, corrected, `${shownPath(rendered.output)}/${corrected.certificate.file}`, options);
    } finally {
      register.close();
    }
    return 0;
  });
}

function admitFormer(
  { certificate }: Registered,
  event: string,
  replacedBy: string | null | undefined,
): void {
  if (certificate.event !== event) {
    throw new Fault(
      "event-other",
      `the certificate ${certificate.number} is of the event "${certificate.event}", not of "${event}"`,
      {
        hints: ["name that event with --event"],
      },
    );
  }
  if (typeof replacedBy !== "string") return;
  throw new Fault("already-replaced", `the certificate ${certificate.number} was replaced by ${replacedBy}`, {
    hints: [`correct that one: lulus reissue ${replacedBy}`],
  });
}

function fieldsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, field, text] = /^([\p{L}\p{N}_.-]+)=(.*)$/su.exec(pair) ?? [];
      if (field !== undefined && text !== undefined) return [field, text];
      throw new Fault(
        "usage",
        `found \`--set ${pair}\`, expected as in \`--set institution="Dinas Kesehatan"\``,
      );
    }),
  );
}

async function tell(
  { certificate: former }: Registered,
  { certificate }: Corrected,
  file: string,
  options: ReissueOptions,
): Promise<void> {
  if (options.json) {
    const { number, name } = certificate;
    await answer(
      `${JSON.stringify({ schema: "lulus.reissue/1", replaced: former.number, number, name, file })}\n`,
    );
    return;
  }
  await answer(`${certificate.number}  ${certificate.name}  ${file}\n`);
  note(
    `${former.number} now counts as replaced; publish the site again (\`lulus publish\`), so that whoever checks learns it`,
    { quiet: options.quiet ?? false },
  );
}
