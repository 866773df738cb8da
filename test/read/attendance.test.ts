import { describe, expect, test } from "vitest";
import { at, attendanceOf, faultsOf, fileOf, spoken } from "./reading.js";

const padded = `Attendee Report,,,,,,,,,,,,,
Report Generated:,"Sep 25, 2026 6:26 PM",,,,,,,,,,,,
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views,Enable Registration,,,,
Belajar Bersama,847 5984 1045,"Sep 24, 2026 8:13 AM",282,3576,5,1805,3657,1034,Yes,,,,
Host Details,,,,,,,,,,,,,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,,,,,,
Yes,Host One,host@example.com,"Sep 24, 2026 08:13:27","Sep 24, 2026 12:55:19",282,No,Indonesia,,,,,,
Panelist Details,,,,,,,,,,,,,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,,,,,,
Yes,Panel One,panel@example.com,"Sep 24, 2026 08:28:32","Sep 24, 2026 11:55:19",207,Yes,Indonesia,,,,,,
Attendee Details,,,,,,,,,,,,,
Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,"Profession (if student mention ""Student"", not target profession)",Country/Region Name
No,Ana,Ana,FT 2,ana@example.com,+6281100000001,"Sep 15, 2026 11:23:29",approved,--,--,--,--,Ads,
Yes,#1 Fan,budi,santoso,Budi@Example.com ,+6281100000002,"Sep 15, 2026 11:27:19",approved,"Sep 24, 2026 08:52:01","Sep 24, 2026 08:52:39",1,Yes,Ads,Indonesia
Other Attended,,,,,,,,,,,,,
User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name,,,,,,,,,
+62 811-222-333,"Sep 24, 2026 09:00:00","Sep 24, 2026 09:30:00",30,Indonesia,,,,,,,,,
`;

const paddedRows = [
  "Host One <host@example.com> host 2026-09-24T08:13:27/2026-09-24T12:55:19",
  "Panel One <panel@example.com> panelist 2026-09-24T08:28:32/2026-09-24T11:55:19",
  "Ana <ana@example.com> participant absent",
  "#1 Fan <budi@example.com> participant 2026-09-24T08:52:01/2026-09-24T08:52:39",
  "+62 811-222-333 <> participant 2026-09-24T09:00:00/2026-09-24T09:30:00",
];

describe("a webinar's attendee report", () => {
  test("gives everybody the role of their section", async () => {
    const { rows, summary, warnings } = await attendanceOf(padded);
    expect(rows.map(spoken)).toEqual(paddedRows);
    expect(summary).toMatchObject({
      format: "zoom-webinar-attendees",
      delimiter: ",",
      encoding: "utf-8",
      rows: 5,
      people: 5,
      dateOrder: null,
    });
    expect(warnings).toEqual([]);
    expect(rows.map((row) => row.source.line)).toEqual([7, 10, 13, 14, 17]);
  });

  test("reads the same without padding", async () => {
    const { rows } = await attendanceOf(padded.replace(/,+$/gm, ""));
    expect(rows.map(spoken)).toEqual(paddedRows);
  });

  test("may have numeric dates whose order a registration shows", async () => {
    const { rows, summary } = await attendanceOf(`Attendee Report
Report generated time,09/08/2026 02:31:08 PM
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registrants,Unique Viewers,Total Users
Smoke Test Workshop,000 0000 0000,"09/08/2026 10:45:00 AM",226,6,5,6
Host Details
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Panelist Details,
Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Attendee Details
Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name
Yes,Buyer Person,Buyer,Person,buyer@example.invalid,9000000001,"08/25/2026 09:00:00 PM",approved,"09/08/2026 10:50:00 AM","",219,No,Indonesia
No,Noshow Person,Noshow,Person,noshow@example.invalid,9000000006,"08/25/2026 09:00:00 PM",approved,,,0,No,Indonesia
`);
    expect(rows.map(spoken)).toEqual([
      "Buyer Person <buyer@example.invalid> participant 2026-09-08T10:50:00/2026-09-08T14:31:08",
      "Noshow Person <noshow@example.invalid> participant absent",
    ]);
    expect(summary).toMatchObject({
      dateOrder: "mdy",
      dateOrderBecause: "line 11 has `08/25/2026 09:00:00 PM`",
    });
  });

  test("may name people by first and last name alone, without any section", async () => {
    const { rows } = await attendanceOf(
      "Attended,First Name,Last Name,Email,Phone,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes)\n" +
        'Yes,Siti,Aminah,siti@example.id,08,"Sep 1, 2026 08:00:00",approved,"Sep 24, 2026 09:00:00","Sep 24, 2026 10:00:00",60\n',
    );
    expect(rows.map(spoken)).toEqual([
      "Siti Aminah <siti@example.id> participant 2026-09-24T09:00:00/2026-09-24T10:00:00",
    ]);
  });

  test("is refused under a section nobody knows, lest hosts pass for participants", async () => {
    const [fault] = await faultsOf(attendanceOf(padded.replace("Panelist Details", "Podium")));
    expect(fault).toMatchObject({ code: "section-unknown", place: { file: "a.csv", line: 8 } });
  });
});

describe("a meeting's participants", () => {
  test("come under a summary that looks like their header, even in lines of commas", async () => {
    const { rows, summary } =
      await attendanceOf(`Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
60245167821,Heroes meeting,11/19/2026 10:00:00 AM,11/19/2026 12:00:00 PM,goblin@example.com,120,27
,,,,,,
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
015_Loki (Loki L),Goblin@example.com,11/19/2026 9:54:15 AM,11/19/2026 12:01:59 PM,128,Yes,Y
003_Power Girl (Kara Z),kara@example.com,11/19/2026 10:08:26 AM,11/19/2026 12:01:58 PM,114,Yes
003_Power Girl (Kara Z),kara@example.com,11/19/2026 10:11:31 AM,11/19/2026 12:01:58 PM,111,Yes,Y
`);
    expect(summary).toMatchObject({
      format: "zoom-meeting-participants",
      dateOrder: "mdy",
      people: 2,
      rows: 3,
    });
    expect(rows.map(spoken)).toEqual([
      "015_Loki (Loki L) <goblin@example.com> host 2026-11-19T09:54:15/2026-11-19T12:01:59",
      "003_Power Girl (Kara Z) <kara@example.com> participant 2026-11-19T10:08:26/2026-11-19T12:01:58",
      "003_Power Girl (Kara Z) <kara@example.com> participant 2026-11-19T10:11:31/2026-11-19T12:01:58",
    ]);
  });

  const totals = `Topic,ID,Host,Duration (minutes),Start time,End time,Participants
Internship,81796405615,Tutor (host@example.com),77,"09/05/2026 03:10:26 PM","09/05/2026 04:26:31 PM",67

Name (original name),Email,Total duration (minutes),Guest
24JR1A05q6,,76,Yes
Tutor,host@example.com,15,No
`;
  const afternoon = (id: string, day: string) => ({
    id,
    start: at(`${day}T15:00:00+07:00`),
    end: at(`${day}T17:00:00+07:00`),
  });

  test("give totals where unique users were asked for, of the session in which the meeting was", async () => {
    const sessions = [afternoon("day1", "2026-09-04"), afternoon("day2", "2026-09-05")];
    const { rows, summary, warnings } = await attendanceOf(totals, { sessions });
    expect(summary).toMatchObject({
      format: "zoom-meeting-users",
      dateOrder: "mdy",
      dateOrderBecause: "only as month/day/year is its meeting on a day of the event",
    });
    expect(rows.map(spoken)).toEqual([
      "24JR1A05q6 <> participant 4560s",
      "Tutor <host@example.com> host 900s",
    ]);
    expect(rows.map(({ session }) => session)).toEqual(["day2", "day2"]);
    expect(warnings.map(({ code }) => code)).toEqual(["totals-only"]);
  });

  test("give totals that count nothing if the meeting was another day's, unless a session is named", async () => {
    const sessions = [afternoon("main", "2026-10-20")];
    const { rows, warnings } = await attendanceOf(totals, { sessions });
    expect(rows.map(({ kind }) => kind)).toEqual(["absent", "absent"]);
    expect(warnings.map(({ code }) => code)).toEqual(["totals-only", "outside-sessions"]);
    const named = await attendanceOf(totals, { sessions, session: "main" });
    expect(named.rows.map(({ kind }) => kind)).toEqual(["total", "total"]);
  });

  test("give totals of many meetings in a history, of which only the event's count", async () => {
    const { rows, summary } = await attendanceOf(
      `Topic,ID,Host,Duration (minutes),Start time,End time,Participants,Name (original name),Email,Total duration (minutes),Guest
W,1,Host (host@x.id),77,"09/24/2026 08:10:26 AM","09/24/2026 11:26:31 AM",67,Budi,b@x.id,77,Yes
W,1,Host (host@x.id),77,"09/24/2026 08:10:26 AM","09/24/2026 11:26:31 AM",67,Host,host@x.id,77,Yes
V,1,Host (host@x.id),77,"09/20/2026 08:10:26 AM","09/20/2026 11:26:31 AM",67,Ana,a@x.id,77,Yes
`,
    );
    expect(rows.map(spoken)).toEqual(["Budi <b@x.id> participant 4620s", "Host <host@x.id> host 4620s"]);
    expect(rows.map(({ session }) => session)).toEqual(["main", "main"]);
    expect(summary.skippedBecause).toEqual({ "of a meeting that meets no session of the event": 1 });
  });

  test.each([
    [
      "Indonesian",
      "Nama (nama asli),Email,Waktu bergabung,Waktu keluar,Durasi (menit),Tamu,Respons penafian rekaman,Di ruang tunggu",
    ],
    [
      "older Spanish",
      "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,Duración (minutos),Invitado,Respuesta,En sala de espera",
    ],
    [
      "newer Spanish",
      "Nombre de usuario,Correo electrónico,Hora de entrada,Hora de salida,Duración (minutos),Invitado,Respuesta,En sala de espera",
    ],
    [
      "Portuguese",
      "Nome (nome original),E-mail,Ingressar na hora,Hora de saída,Duração (minutos),Convidado,Resposta,Na sala de espera",
    ],
    ["Japanese", "名前 (元の名前),ユーザーメール,参加時刻,退出時刻,所要時間（分）,x,y,待機室"],
    [
      "English",
      "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room",
    ],
  ])("are read from a report in %s", async (_, header) => {
    const { rows } = await attendanceOf(
      `${header}\nBudi,b@x.id,24/09/2026 09:02,24/09/2026 10:31,89,,,Tidak\nBudi,b@x.id,24/09/2026 08:55,24/09/2026 09:02,89,,,Ya\n`,
    );
    expect(rows.map(spoken)).toEqual([
      "Budi <b@x.id> participant 2026-09-24T09:02:00/2026-09-24T10:31:00",
      "Budi <b@x.id> participant absent",
    ]);
  });

  test("who are still connected are left open unless the file says when it was made", async () => {
    const { rows } = await attendanceOf("Name,Email,Join time,Leave time\nBudi,,24/09/2026 09:02:00,\n");
    expect(rows.map(spoken)).toEqual(["Budi <> participant 2026-09-24T09:02:00/?"]);
  });

  test("are many meetings in a history export, of which only the event's count", async () => {
    const { rows, summary } =
      await attendanceOf(`Topic,Meeting ID,User Name,User Email,Department,Group,Has Zoom Rooms,Creation Time,Start Time,End Time,Duration (Minutes),Participants,Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room,Marketing Opt-in
Rapat,852 1848 6288,Pemilik,own@x.id,,,No,15/08/2026 01:27,01/09/2026 00:00,01/09/2026 00:21,22,2,Tono,t@x.id,01/09/2026 00:00,01/09/2026 00:21,22,No,,No,-
Webinar,852 1848 6289,Pemilik,own@x.id,,,No,15/08/2026 01:27,24/09/2026 08:00,24/09/2026 11:21,22,2,Wati,w@x.id,24/09/2026 08:01,24/09/2026 11:21,22,No,,No,-
Webinar,852 1848 6289,Pemilik,own@x.id,,,No,15/08/2026 01:27,24/09/2026 08:00,24/09/2026 11:21,22,2,Pemilik,own@x.id,24/09/2026 08:00,24/09/2026 11:21,22,No,,No,-
`);
    expect(summary).toMatchObject({ format: "zoom-history", rows: 2, skipped: 1 });
    expect(Object.values(summary.skippedBecause)).toEqual([1]);
    expect(rows.map(spoken)).toEqual([
      "Wati <w@x.id> participant 2026-09-24T08:01:00/2026-09-24T11:21:00",
      "Pemilik <own@x.id> host 2026-09-24T08:00:00/2026-09-24T11:21:00",
    ]);
  });
});

describe("a file that cannot be read", () => {
  test("is quoted, with what would be accepted", async () => {
    const [fault] = await faultsOf(attendanceOf("\n\nNo,Barang,Harga\n1,Buku,2000\n"));
    expect(fault).toMatchObject({ code: "format-unknown", place: { file: "a.csv", line: 3 } });
    expect(fault?.message).toContain("`No,Barang,Harga`");
  });

  test.each([
    ["an empty file", "", "file-empty"],
    ["a broken archive", "PK\u0003\u0004rest", "zip-damaged"],
    ["a workbook of old", "\u00d0\u00cf\u0011\u00e0", "format-xls"],
    [
      "a poll report",
      "#,User Name,User Email,Submitted Date/Time,Q\n1,a,a@x.id,t,5\n",
      "format-not-attendance",
    ],
    [
      "the dashboard",
      "Participant,Device,IP Address,Location,Network Type,Join Time,Leave Time\nA,x,1.1.1.1,,,08:30 AM,x\n",
      "format-dashboard",
    ],
  ])("is named if it is %s", async (_, content, code) => {
    const bytes = content.startsWith("\u00d0") ? Buffer.from(content, "latin1") : content;
    const [fault] = await faultsOf(attendanceOf(bytes));
    expect(fault?.code).toBe(code);
  });

  test("with one bad row among good ones is read, and the bad row is told and left open", async () => {
    const good = ["Ani", "Ida"].map((name) => `${name},,24/09/2026 09:02:00,24/09/2026 09:03:00\n`).join("");
    const { rows, warnings, summary } = await attendanceOf(
      `Name,Email,Join time,Leave time\n${good}Budi,,24/09/2026 09:02:00,soon\n`,
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["connection", "connection", "unreadable"]);
    expect(summary.rows).toBe(3);
    expect(warnings).toMatchObject([{ code: "row-unreadable", line: 4 }]);
    expect(warnings[0]?.message).toContain("`soon`");
  });

  test("may have a row that breaks off before its times: nobody is called absent for that", async () => {
    const { rows } = await attendanceOf(
      "Name,Email,Join time,Leave time,Duration (minutes)\nAni,,24/09/2026 09:02:00,24/09/2026 09:03:00,1\nBudi,b@x.id\n",
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["connection", "unreadable"]);
  });

  test("of mostly bad rows shows them in one run, twenty at most", async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `N${index},,"24/09/2026 09:02:00",soon\n`).join("");
    const faults = await faultsOf(attendanceOf(`Name,Email,Join time,Leave time\n${rows}`));
    expect(faults).toHaveLength(20);
    expect(faults[1]).toMatchObject({
      code: "row-unreadable",
      place: { file: "a.csv", line: 3, column: 27 },
    });
    expect(faults.at(-1)?.hints.join()).toContain("10 more rows");
  });

  test("may be told what it is, and is refused if it is something else", async () => {
    const content = "Name,Email,Join time,Leave time\nBudi,,24/09/2026 09:02:00,24/09/2026 09:03:00\n";
    const { summary } = await attendanceOf(content, { format: "zoom-meeting-participants" });
    expect(summary.format).toBe("zoom-meeting-participants");
    const [other] = await faultsOf(attendanceOf(content, { format: "zoom-history" }));
    expect(other?.code).toBe("format-unknown");
    const [none] = await faultsOf(attendanceOf(content, { format: "zoom" }));
    expect(none?.message).toContain("`zoom-webinar-attendees`");
  });

  test("is refused if a column that decides stands in it twice", async () => {
    const [fault] = await faultsOf(attendanceOf("Name,Email,Join time,Join time,Leave time\n"));
    expect(fault).toMatchObject({ code: "column-twice", place: { line: 1 } });
  });

  test("may have people who left before they joined: shown, not guessed at", async () => {
    const [fault] = await faultsOf(
      attendanceOf("Name,Email,Join time,Leave time\nBudi,,24/09/2026 09:02,24/09/2026 08:03\n"),
    );
    expect(fault).toMatchObject({ code: "row-unreadable", place: { line: 2, column: 24 } });
  });

  test("without rows under its header is an empty session, which is said", async () => {
    const { rows, warnings } = await attendanceOf("Name,Email,Join time,Leave time\n");
    expect(rows).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(["session-empty"]);
  });
});

test("chunks of any size give the same rows", async () => {
  for (const chunk of [1, 2, 3, 7, 64, 1000]) {
    const { rows } = await attendanceOf(fileOf(padded.replaceAll("\n", "\r\n"), "a.csv", chunk));
    expect(rows.map(spoken)).toEqual(paddedRows);
  }
});
