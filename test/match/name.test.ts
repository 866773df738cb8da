import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparable } from "../../src/match/name.js";

const key = (written: string) => comparable(written).key;

describe("names are compared without what people add to them", () => {
  test.each([
    ["Dr. H. Ma’ruf Effendi, S.E., M.Si.", "maruf effendi"],
    ["MA'RUF  EFFENDI", "maruf effendi"],
    ["Effendi, SE, MM", "effendi"],
    ["Muhammad Ilyasa SH", "muhammad ilyasa"],
    ["drg. Putri Andini, Sp.KG", "putri andini"],
    ["Budi S.Tr.Keb., M.Kes", "budi"],
    ["apt. Rina, S.Farm", "rina"],
    ["045_Effendi_Kec. Lawang", "effendi"],
    ["EFFENDI_Kec. Lawang", "effendi"],
    ["BPSDM JATIM_Effendi", "effendi"],
    ["12. Dewi Asih (Kel. Ketintang)", "dewi asih"],
    ["Ni Luh Ayu - Dinas Kesehatan", "ni luh ayu"],
    ["Budi Santoso's iPhone", "budi santoso"],
    ["Galaxy A12 Budi Santoso", "budi santoso"],
    ["Budi Santoso 2", "budi santoso"],
    ["Siti Aminah, S. Kep., Ns., M. Kes.", "siti aminah"],
    ["Siti Aminah S. Kep", "siti aminah"],
    ["Bdn. Siti Aminah, S.Tr.Keb", "siti aminah"],
    ["Prof. Dr. Ir. Siti Aminah, M.Sc., Ph.D., IPU", "siti aminah"],
    ["Siti Aminah/BKD Kota", "siti aminah"],
    ["Kumar A/L Raju", "kumar a l raju"],
    ["Sony Wibowo", "sony wibowo"],
  ])("%s is compared as %s", (written, expected) => expect(key(written)).toBe(expected));

  test.each(["Jack Ma", "JACK MA", "Petrus Ama", "Ani Su"])("%s ends in a name, not in a degree", (name) =>
    expect(key(name)).toBe(name.toLowerCase()),
  );

  test.each(["Ahmad, M.A.", "Ahmad M.A.", "Ahmad, MA"])("%s ends in a degree", (name) =>
    expect(key(name)).toBe("ahmad"),
  );

  test.each(["Andi Made Putra", "Suharto", "I Gusti Ngurah Rai III", "Kota Desa", "Man Suparman"])(
    "%s keeps all its words: they are a name",
    (name) => expect(key(name)).toBe(name.toLowerCase()),
  );

  test("initials in front are part of the name, degrees behind a comma are not", () => {
    expect(key("R.A. Kartini")).toBe("r a kartini");
    expect(key("Ahmad M.Ali")).toBe("ahmad m ali");
    expect(key("Perez, Carla")).toBe("perez carla");
  });

  test.each([
    "iPhone",
    "Galaxy A12",
    "OPPO A53",
    "Zoom User",
    "+62 812-3456-7890",
    "0812345",
    "Peserta",
    "",
    "…",
  ])("%s is nobody's name", (written) => expect(key(written)).toBeNull());

  test.each([
    ["Budi Santoso iPhone", "Budi Santoso"],
    ["iPhone milik Budi Santoso", "Budi Santoso"],
    ["Galaxy A12 Rina Wulandari", "Rina Wulandari"],
    ["0812-3456-7890 Rina Wulandari", "Rina Wulandari"],
    ["Ibu Sri's iPhone", "Ibu Sri"],
    ["I Gusti Ngurah Rai III", "I Gusti Ngurah Rai III"],
  ])("of %s nothing but %s is fit to be printed", (written, printed) =>
    expect(comparable(written).cleaned).toBe(printed),
  );

  test.each([
    ["Sri's iPhone", true],
    ["Laptop Aula", true],
    ["Budi Santoso's iPhone", false],
    ["Suharto", false],
  ])("%s names a device and too little of a person: %s", (written, expected) =>
    expect(comparable(written).isOfDevice).toBe(expected),
  );

  test("what stands in parentheses is only a hint", () => {
    expect(comparable("iPhone (Brian Smith)")).toMatchObject({ key: null, hint: "brian smith" });
    expect(comparable("Will N (William Nugroho)")).toMatchObject({ key: "will n", hint: "william nugroho" });
  });
});

describe("laws of comparing", () => {
  const word = fc.constantFrom(
    "Siti",
    "Budi",
    "Aminah",
    "Wahyu",
    "Ḥasan",
    "Nur'aini",
    "José",
    "Ayu",
    "Prafitri",
    "Effendi",
  );
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));

  test("capitals, blanks and Unicode form never matter", () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: 3 }), (written, blanks) => {
        const spaced = written.replaceAll(" ", " ".repeat(blanks));
        expect(key(spaced.toUpperCase())).toBe(key(written));
        expect(key(` ${spaced.normalize("NFD")} `)).toBe(key(written));
      }),
    );
  });

  test("a degree, an order number or an office added changes nothing", () => {
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(", S.E.", ", S.Kom., M.Si.", "_Dinas Kesehatan", " (Kec. Lawang)"),
        (written, added) => {
          expect(key(`${written}${added}`)).toBe(key(written));
          expect(key(`017. ${written}${added}`)).toBe(key(written));
        },
      ),
    );
  });

  test("any text has an answer, and it is never an empty name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (text) => {
        const found = key(text);
        if (found !== null) expect(found).not.toBe("");
      }),
      { numRuns: 2000 },
    );
  });
});
