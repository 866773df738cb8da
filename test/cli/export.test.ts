import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isTaken } from "../credential/foreign.js";
import { needs } from "../tools.js";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

test("every certificate that holds goes into a wallet, and the wallet finds the keys on the published site", async () => {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  expect((await lulus(["issue", folder])).status).toBe(0);
  await lulus(["revoke", "0001/coba-1/2024", "--event", folder, "--reason", "mistake"]);
  const { status, stdout } = await lulus(["export", "openbadges", folder, "--json"]);
  expect([status, JSON.parse(stdout).badges]).toEqual([0, 1]);
  const [file = "", ...others] = readdirSync(join(folder, "openbadges"));
  expect(others).toEqual([]);
  const badge = JSON.parse(readFileSync(join(folder, "openbadges", file), "utf8"));
  expect(badge.credentialSubject).toMatchObject({
    licenseNumber: "0002/coba-1/2024",
    role: "Participant",
    achievement: { criteria: { narrative: "attended at least 75 %; scored at least 70 % in post-test" } },
  });
  expect((await lulus(["publish", folder])).status).toBe(0);
  const did = JSON.parse(readFileSync(join(folder, "site/did.json"), "utf8"));
  const [method] = did.verificationMethod;
  const documents = {
    [did.id]: did,
    [method.id]: { "@context": "https://w3id.org/security/multikey/v1", ...method },
  };
  expect(await isTaken(badge, documents)).toBe(true);
  const before = contentOf(join(folder, "openbadges"));
  await lulus(["export", "openbadges", folder]);
  expect(contentOf(join(folder, "openbadges"))).toEqual(before);
});

describe("an event that asks for badges", () => {
  test.runIf(needs("pdfdetach"))(
    "carries each in its file, which is then an archival one of part 3",
    async () => {
      const files = { ...smallEvent, "event.yaml": `${smallEvent["event.yaml"]}credential: openbadges\n` };
      const folder = writeFiles(newFolder(), Object.entries(files));
      await lulus(["key", "create", folder, "--no-passphrase"]);
      const issued = await lulus(["issue", folder]);
      expect([issued.stderr.includes("error"), issued.status]).toEqual([false, 0]);
      const certificates = join(folder, "certificates");
      const before = contentOf(certificates);
      const name = [...before.keys()].find((file) => file.startsWith("0002")) ?? "";
      const pdf = join(certificates, name);
      expect(statSync(pdf).size).toBeLessThan(61_440);
      execFileSync("pdfdetach", ["-saveall", "-o", folder, pdf]);
      const badge = JSON.parse(readFileSync(join(folder, "credential.json"), "utf8"));
      expect(badge.credentialSubject.licenseNumber).toBe("0002/coba-1/2024");
      await lulus(["publish", folder]);
      const did = JSON.parse(readFileSync(join(folder, "site/did.json"), "utf8"));
      const [method] = did.verificationMethod;
      const key = { "@context": "https://w3id.org/security/multikey/v1", ...method };
      expect(await isTaken(badge, { [did.id]: did, [method.id]: key })).toBe(true);
      expect(before.get(name)).toContain("<pdfaid:part>3</pdfaid:part>");
      expect((await lulus(["verify", pdf, "--event", folder])).status).toBe(0);

      await lulus(["export", "openbadges", folder]);
      expect(
        JSON.parse(readFileSync(join(folder, "openbadges", name.replace(".pdf", ".json")), "utf8")),
      ).toEqual(badge);

      rmSync(join(folder, "keys"), { recursive: true });
      rmSync(pdf);
      expect((await lulus(["render", folder, "--workers", "2"])).status).toBe(0);
      expect(contentOf(certificates)).toEqual(before);
      const merged = await lulus(["render", folder, "--merge", join(folder, "all.pdf")]);
      expect([merged.stderr.includes("error"), merged.status]).toEqual([false, 0]);
    },
  );
});

test.runIf(needs("pdftotext"))(
  "the signing service of BSrE is told where each signature goes, in points from the upper left corner",
  async () => {
    const signatory = "{ name: Dr. Contoh, title: Kepala Badan }";
    const event = smallEvent["event.yaml"]?.replace(
      'year}"\n',
      `year}"\n  fields: { place: Surabaya, signatory: ${signatory} }\n`,
    );
    const folder = writeFiles(newFolder(), Object.entries({ ...smallEvent, "event.yaml": event ?? "" }));
    await lulus(["key", "create", folder, "--no-passphrase"]);
    expect((await lulus(["issue", folder])).status).toBe(0);
    const { status, stdout } = await lulus(["export", "bsre", folder]);
    expect(status).toBe(0);
    const [first, ...others] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(others).toHaveLength(1);
    const [property] = first.signatureProperties;
    expect(property).toMatchObject({ tampilan: "VISIBLE", page: 1, location: "Surabaya" });
    // under the title and above the name of who signs, in the lower right of an A4 sheet
    const texts = execFileSync("pdftotext", ["-bbox", join(folder, "certificates", first.file), "-"], {
      encoding: "utf8",
    });
    const yOf = (word: string) => Number(new RegExp(`yMin="([\\d.]+)"[^>]*>${word}<`).exec(texts)?.[1]);
    expect(property.originY).toBeGreaterThan(yOf("Kepala"));
    expect(property.originY + property.height).toBeLessThan(yOf("Contoh") + 3);
    expect(property.originX).toBeGreaterThan(421);
  },
);
