import { describe, expect, test } from "vitest";
import { at, faultsOf, presenceOf, rosterOf } from "./reading.js";

describe("a form that proves presence", () => {
  const header =
    "Timestamp,Email Address,Nama Lengkap (beserta gelar),NIP,Instansi,Unit Kerja,Jabatan,Nomor WA,Mengikuti melalui\n";

  test("keeps titles, addresses and numbers as they were meant", async () => {
    const { rows, warnings, summary } = await presenceOf(
      `${header}24/09/2026 09:00:00,A@x.id,"Dr. Ana, M.A.","=""199001012020011009""",Dinas,,,,YouTube
24/09/2026 09:01:00,b@x.id,Budi S.Pd.,'19900101 202001 1 010,Dinas,,,,Zoom
24/09/2026 09:02:00,c@x.id,Cici,"1,99001E+17",Dinas,,,,Zoom
24/09/2026 09:02:00,d@x.id,Dedi,199001012020011000,Dinas,,,,Zoom
24/09/2026 09:03:00,e@x.id,Eka,Non ASN,Dinas,,,,Zoom
`,
    );
    expect(summary.format).toBe("google-forms");
    expect(rows.map(({ who }) => who)).toEqual([
      { name: "Dr. Ana, M.A.", email: "a@x.id", nip: "199001012020011009" },
      { name: "Budi S.Pd.", email: "b@x.id", nip: "199001012020011010" },
      { name: "Cici", email: "c@x.id", nip: null },
      { name: "Dedi", email: "d@x.id", nip: null },
      { name: "Eka", email: "e@x.id", nip: null },
    ]);
    expect(rows[0]).toMatchObject({
      form: "awal",
      at: at("2026-09-24T09:00:00+07:00"),
      source: { file: "p.csv", line: 2 },
    });
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([
      ["nip-damaged", 4],
      ["nip-damaged", 5],
    ]);
  });

  test("costs a NUL no more than itself, and says so", async () => {
    const { rows, warnings } = await presenceOf(`${header}24/09/2026 09:00:00,a@x.id,An\u0000a,,,,,,\n`);
    expect(rows[0]?.who.name).toBe("Ana");
    expect(warnings).toMatchObject([{ code: "name-cleaned", line: 2 }]);
  });

  test("passes over answers that name nobody, and counts them", async () => {
    const { rows, summary } = await presenceOf(
      `${header}24/09/2026 09:00:00,,,,Dinas,,,,\n24/09/2026 09:00:00,a@x.id,,,,,,,\n`,
    );
    expect(rows).toHaveLength(1);
    expect(summary.skippedBecause).toEqual({ "names nobody": 1 });
  });

  test("all of whose answers name nobody is an error, not an empty session", async () => {
    const [fault] = await faultsOf(presenceOf(`${header}24/09/2026 09:00:00,,,,Dinas,,,,\n`));
    expect(fault?.code).toBe("nobody-named");
    expect(fault?.hints.join()).toContain("columns:");
  });

  test.each([
    ["Nama Anda (beserta gelar)", "Budi"],
    ["Tuliskan nama lengkap Anda", "Budi"],
    ["Nama lengkap & gelar", "Budi"],
    ["Nama untuk sertifikat", "Budi"],
    ["What is your full name?", "Budi"],
    ["Full name (with titles)", "Budi"],
    ["Nama Instansi", ""],
    ["Nama kegiatan", ""],
    ["Apa nama lengkap presiden pertama?", ""],
  ])("may ask for the name as `%s`: %s", async (question, name) => {
    const { rows } = await presenceOf(
      `Timestamp,Email Address,"${question}"\n24/09/2026 09:00:00,b@x.id,Budi\n`,
    );
    expect(rows[0]?.who.name).toBe(name);
  });

  test("prefers the name with titles where it asks for both", async () => {
    const { rows } = await presenceOf(
      'Timestamp,Nama Lengkap (tanpa gelar),Nama Lengkap (dengan gelar)\n24/09/2026 09:00:00,Budi,"Dr. Budi, M.A."\n24/09/2026 09:00:00,Ana,-\n',
    );
    expect(rows.map(({ who }) => who.name)).toEqual(["Dr. Budi, M.A.", "Ana"]);
  });

  test("takes the typed address where none was collected", async () => {
    const { rows } = await presenceOf(
      "Timestamp,Email Address,Nama,Email (yang aktif)\n24/09/2026 09:00:00,a@x.id,Ana,z@x.id\n24/09/2026 09:00:00,anonymous,Budi,b@x.id\n",
    );
    expect(rows.map(({ who }) => who)).toEqual([
      { name: "Ana", email: "a@x.id", typedEmail: "z@x.id", nip: null },
      { name: "Budi", email: "b@x.id", nip: null },
    ]);
  });
});

describe("a roster", () => {
  test("gives name, institution and role", async () => {
    const { rows } = await rosterOf(
      "\ufeffNama;Email;NIP;Instansi;Peran\nDr. Budi, M.Kes;b@x.id;199001012020011009;Dinas Kesehatan;Narasumber\n",
    );
    expect(rows).toEqual([
      {
        list: "roster",
        who: { name: "Dr. Budi, M.Kes", email: "b@x.id", nip: "199001012020011009" },
        institution: "Dinas Kesehatan",
        role: "Narasumber",
        source: { file: "r.csv", line: 2 },
      },
    ]);
  });

  test("may have a title that looks like its header", async () => {
    const { rows } = await rosterOf("Nama Peserta\n\nNo,Nama,NIP\n1,Budi,199001012020011009\n");
    expect(rows.map(({ who }) => who.name)).toEqual(["Budi"]);
    const alone = await rosterOf("Nama\nBudi\nAna\n");
    expect(alone.rows.map(({ who }) => who.name)).toEqual(["Budi", "Ana"]);
  });

  test("may be a registration report, without those who were turned down", async () => {
    const { rows, summary } = await rosterOf(
      'Registration Report\nReport Generated:,"Sep 23, 2026 6:26 PM"\nTopic,Webinar\nBelajar\nAttendee Details\nFirst Name,Last Name,Email,Registration Time,Approval Status\nSiti,Aminah,s@x.id,2026-09-09 10:00,approved\nOrang,Lain,o@x.id,2026-09-09 10:00,denied\n',
    );
    expect(summary).toMatchObject({ format: "zoom-registration", skipped: 1 });
    expect(rows.map(({ who }) => who.name)).toEqual(["Siti Aminah"]);
  });

  test("is not harmed by headers that mean something to JavaScript", async () => {
    const { rows } = await rosterOf("Nama,__proto__,constructor,Nama\nBudi,x,y,Lain\n");
    expect(rows.map(({ who }) => who.name)).toEqual(["Budi"]);
  });
});
