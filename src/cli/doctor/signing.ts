import type { EventFolder } from "../eventFolder.js";
import { shownPath } from "../eventFolder.js";
import { openPkcs12 } from "../signing/pkcs12.js";
import { admitPkcs12, admitTime, openSigner, pkcs12Path, type Signer } from "../signing/signer.js";
import { isCi } from "../talk.js";
import { type Finding, look, ok, problem, warning } from "./finding.js";

const WARNING_DAYS = 30;
const DAY = 86_400_000;

/** The key that PDFs are signed with, where they are; nobody is asked for a passphrase. */
export async function lookAtSigning(folder: EventFolder, isOnline: boolean, now: Date): Promise<Finding[]> {
  const path = pkcs12Path(folder);
  if (path === null) return [];
  return await look("signing", async () => {
    const bytes = admitPkcs12(folder) ?? new Uint8Array();
    const isLocked = (await openPkcs12(bytes, "", { file: shownPath(path) })) === null;
    if (isLocked && !isGiven()) return [locked(shownPath(path))];
    const signer = await openSigner(folder);
    if (signer === null) return [];
    admitTime(signer, now, folder.event.date);
    return [lookAtCertificate(signer, now), ...(isOnline ? await lookAtAuthority(signer, folder) : [])];
  });
}

function isGiven(): boolean {
  return Boolean(process.env.LULUS_SIGNING_PASSPHRASE || process.env.LULUS_SIGNING_PASSPHRASE_FILE);
}

function locked(shown: string): Finding {
  const said = `${shown}: with a passphrase, so it was not looked into`;
  return isCi() ? problem("signing", `${said}, and nobody to ask for it`, GIVE) : ok("signing", said);
}

const GIVE = "give it in LULUS_SIGNING_PASSPHRASE_FILE or LULUS_SIGNING_PASSPHRASE";

function lookAtCertificate({ signatory: { signer }, record: { level } }: Signer, now: Date): Finding {
  const until = signer.notAfter.toISOString().slice(0, 10);
  const said = `PAdES ${level} by "${signer.name}", whose certificate holds until ${until}`;
  const days = (signer.notAfter.getTime() - now.getTime()) / DAY;
  return days < WARNING_DAYS
    ? warning("signing", said, "ask for a new certificate before that day")
    : ok("signing", said);
}

async function lookAtAuthority(signer: Signer, { event }: EventFolder): Promise<Finding[]> {
  const { tsa } = event.config.signing ?? {};
  if (tsa === undefined) return [];
  return await look("signing", async () => {
    await signer.room();
    return [ok("signing", `${tsa} gives time stamps`)];
  });
}
