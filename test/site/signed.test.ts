import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { endOfFirstRevision } from "../../src/credential/revision.js";
import { hasChromium, visit } from "../browser.js";
import { lulus, newFolder } from "../cli/lulus.js";
import { Authority, pkcs12, signedEvent, unlocked } from "../cli/signing.js";
import { needs } from "../tools.js";

describe.runIf(hasChromium && needs("openssl"))("the verification page", () => {
  test("takes a signed PDF as genuine and names the signer, and no other that was made of it", async () => {
    const authority = await Authority.open();
    const folder = signedEvent(pkcs12("rsa"), { tsa: authority.url });
    expect((await lulus(["issue", folder], { env: unlocked })).status).toBe(0);
    authority.close();
    const site = join(newFolder(), "check.html");
    expect((await lulus(["publish", folder, "--single-file", site])).status).toBe(0);
    const certificates = join(folder, "certificates");
    const [name = ""] = readdirSync(certificates).filter((each) => each.endsWith(".pdf"));
    const file = readFileSync(join(certificates, name));
    const end = endOfFirstRevision(file) ?? 0;
    const { page, said } = await visit();
    await page.goto(pathToFileURL(site).href);
    const verdictOn = async (bytes: Uint8Array) => {
      const path = join(newFolder(), "given.pdf");
      writeFileSync(path, bytes);
      await page.setInputFiles("#file", path);
      await page.waitForSelector(".verdict");
      const code = await page.getAttribute(".verdict", "data-code");
      const words = await page.textContent(".answer");
      await page.click(".again button");
      return [code, words];
    };
    expect(await verdictOn(file)).toEqual([
      "genuine",
      expect.stringMatching(
        /signed electronically by: Dra\. Sri Wahyuni, M\.Si\., BPSDM Contoh, time-stamped /,
      ),
    ]);
    const flipped = Buffer.from(file);
    flipped[end + 1500] = (flipped[end + 1500] ?? 0) ^ 1;
    const withMore = Buffer.concat([file, Buffer.from("\n%%EOF\n")]);
    for (const edited of [file.subarray(0, end), flipped, withMore]) {
      const [code, words] = await verdictOn(edited);
      expect([code, words]).toEqual(["altered", expect.not.stringContaining("signed electronically")]);
    }
    expect(said).toEqual([]);
  });
});
