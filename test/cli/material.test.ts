import { deflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { compiled, type Frozen, frozenOf, lenderOf } from "../../src/cli/material.js";
import type { Registered } from "../../src/register/rows.js";
import { formatShared, parseShared } from "../../src/render/sharedFile.js";
import { issuedEvent } from "./issued.js";

describe("what is compiled when certificates are issued", () => {
  let frozen: Frozen;
  let one: Registered;
  beforeAll(async () => {
    const { register, batch, certificates } = await issuedEvent();
    frozen = frozenOf(batch, register);
    [one] = certificates;
    register.close();
  });

  test("is kept in the register, and gives the files that it would give if it were compiled anew", async () => {
    expect(frozen.compiled).not.toBeNull();
    const [kept, anew] = [await compiled(frozen), await compiled({ ...frozen, compiled: null })];
    expect(formatShared(kept.shared)).toEqual(formatShared(anew.shared));
    const stampedBy = (made: typeof kept) => lenderOf({ ...frozen, ...made })(one).sha256;
    expect(stampedBy(kept)).toBe(stampedBy(anew));
    expect(stampedBy(kept)).toBe(one.sha256);
  });

  test("is made anew where it was kept in a form that is not known", async () => {
    const { shared } = await compiled(frozen);
    const again = parseShared(formatShared(shared));
    expect(again).toEqual(shared);
    const later = formatShared({ ...shared, language: 7 as unknown as string });
    expect(parseShared(later)).toBeNull();
    const anew = await compiled({ ...frozen, compiled: deflateSync(later) });
    expect(formatShared(anew.shared)).toEqual(formatShared(shared));
  });
});
