import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isTaken } from "../credential/foreign.js";
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
