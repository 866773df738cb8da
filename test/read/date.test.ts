import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DateOrder } from "../../src/model/row.js";
import { dayUnder, parseStamp } from "../../src/read/date.js";
import { Zone } from "../../src/read/zone.js";
import { at, attendanceOf, faultsOf, spoken } from "./reading.js";

/** What a cell says under an order, as ISO without zone; `null`: no date. */
function iso(cell: string, order: DateOrder | null = null): string | null {
  const stamp = parseStamp(cell);
  const day = stamp && dayUnder(stamp, order);
  if (stamp === null || day === null) return null;
  const midnight = Date.UTC(day.year, day.month - 1, day.day);
  return new Date(midnight + (stamp.seconds ?? 0) * 1000).toISOString().slice(0, 19);
}

describe("a date", () => {
  test.each([
    ["09/24/2020 11:35:16 AM", "mdy", "2020-09-24T11:35:16"],
    ["11/19/2021 9:54:15 PM", "mdy", "2021-11-19T21:54:15"],
    ["Mar 22, 2025 19:52:01", null, "2025-03-22T19:52:01"],
    ["Mar 22, 2025 7:13 PM", null, "2025-03-22T19:13:00"],
    ["Aug 12, 2026 10:00\u202fam", null, "2026-08-12T10:00:00"],
    ["09/09/2026 19:02", null, "2026-09-09T19:02:00"],
    ["15/08/2022 01:27", "dmy", "2022-08-15T01:27:00"],
    ["2020/12/8 8:35", null, "2020-12-08T08:35:00"],
    ["2026-05-09 10:00", null, "2026-05-09T10:00:00"],
    ["2026-05-09T10:00:00.123Z", null, "2026-05-09T10:00:00"],
    ["24/10/2024 08.00", "dmy", "2024-10-24T08:00:00"],
    ["27/09/2026 15.00.00", "dmy", "2026-09-27T15:00:00"],
    ["7/27/26 19:06:23", "mdy", "2026-07-27T19:06:23"],
    ["26-07-27 19:06", "ymd", "2026-07-27T19:06:00"],
    ["1 November 2017  12:51 PM", null, "2017-11-01T12:51:00"],
    ["Kamis, 24 Oktober 2024 pukul 08.00", null, "2024-10-24T08:00:00"],
    ["1 de setembro de 2026 08:00", null, "2026-09-01T08:00:00"],
    ["2020年12月8日 8:42", null, "2020-12-08T08:42:00"],
    ["12/31/2026 12:00:00 AM", "mdy", "2026-12-31T00:00:00"],
    ["29/02/2024 00:00", "dmy", "2024-02-29T00:00:00"],
  ] as const)("written %s is read", (cell, order, expected) => {
    expect(iso(cell, order)).toBe(expected);
  });

  test.each([
    "29/02/2023 00:00",
    "31/31/2026 10:00",
    "24/10/2024 25:00",
    "--",
    "",
    "08:30 AM (left)",
    "Foo 22, 2025 10:00",
    "2026-13-01",
    "24/10-2024 10:00",
  ])("written %s is none", (cell) => expect(parseStamp(cell)).toBeNull());

  test("is never read in an order that its parts deny", () => {
    expect(iso("24/10/2024 08:00", "mdy")).toBeNull();
    expect(iso("05/09/2024 08:00", null)).toBeNull();
  });
});

describe("a wall clock", () => {
  const day = (year: number, month: number, date: number) => ({ year, month, day: date });

  test("is put forward and back", () => {
    const zone = new Zone("Europe/Berlin");
    expect(zone.toEpoch(day(2026, 3, 29), 90 * 60)).toBe(at("2026-03-29T01:30:00+01:00"));
    expect(zone.toEpoch(day(2026, 3, 29), 180 * 60)).toBe(at("2026-03-29T03:00:00+02:00"));
    expect(zone.toEpoch(day(2026, 10, 25), 150 * 60)).toBe(at("2026-10-25T02:30:00+02:00"));
    expect(zone.toEpoch(day(2026, 10, 25), 150 * 60, "later")).toBe(at("2026-10-25T02:30:00+01:00"));
    expect(zone.toEpoch(day(2026, 10, 25), 180 * 60)).toBe(at("2026-10-25T03:00:00+01:00"));
  });

  test("agrees with the one that ICU shows, in zones of all sorts", () => {
    for (const name of ["Asia/Jakarta", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe"]) {
      const zone = new Zone(name);
      const shown = new Intl.DateTimeFormat("en-CA", {
        timeZone: name,
        hourCycle: "h23",
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      });
      fc.assert(
        fc.property(fc.integer({ min: at("2020-01-01"), max: at("2030-01-01") }), (epoch) => {
          const parts = new Map(
            shown.formatToParts(epoch * 1000).map(({ type, value }) => [type, Number(value)]),
          );
          const part = (type: "year" | "month" | "day" | "hour" | "minute" | "second") =>
            parts.get(type) ?? 0;
          const seconds = part("hour") * 3600 + part("minute") * 60 + part("second");
          const where = day(part("year"), part("month"), part("day"));
          expect([zone.toEpoch(where, seconds), zone.toEpoch(where, seconds, "later")]).toContain(epoch);
        }),
      );
    }
  });
});

describe("the order of day and month", () => {
  const meeting = (rows: string, block = "") => `${block}Name,Email,Join time,Leave time\n${rows}`;
  const row = (join: string, leave: string) => `Budi,b@x.id,${join},${leave}\n`;

  test("is shown by one part over twelve, in spite of AM and PM", async () => {
    const { summary } = await attendanceOf(
      meeting(
        row("07/01/2026 06:16:46 PM", "07/01/2026 06:26:46 PM") +
          row("13/01/2026 06:00:00 PM", "13/01/2026 06:10:00 PM"),
      ),
    );
    expect(summary).toMatchObject({
      dateOrder: "dmy",
      dateOrderBecause: "line 3 has `13/01/2026 06:00:00 PM`",
    });
  });

  test("is contradicted by two such parts", async () => {
    const both = meeting(
      row("01/24/2026 06:16", "01/24/2026 06:26") + row("24/01/2026 06:00", "24/01/2026 06:10"),
    );
    expect(await faultsOf(attendanceOf(both))).toMatchObject([
      { code: "date-order-contradictory", place: { line: 3 } },
    ]);
    expect(await faultsOf(attendanceOf(both, { dateOrder: "mdy" }))).toMatchObject([
      { code: "date-order-contradictory", place: { line: 3 } },
    ]);
  });

  test("is shown by the file's own block", async () => {
    const block =
      'Topic,ID,Start time,End time\nKelas,1,"Aug 5, 2026 08:00:00 AM","Aug 5, 2026 09:00:00 AM"\n\n';
    const { summary, rows } = await attendanceOf(meeting(row("05/08/2026 08:01", "05/08/2026 08:59"), block));
    expect(summary.dateOrder).toBe("dmy");
    expect(summary.dateOrderBecause).toContain("header");
    expect(rows.map(spoken)).toEqual(["Budi <b@x.id> participant 2026-08-05T08:01:00/2026-08-05T08:59:00"]);
  });

  test("is shown by the time the report was made", async () => {
    const block = "Report generated time,07/10/2026 10:00\nTopic,ID,Start time\nKelas,1,08/09/2026 08:00\n\n";
    const { summary } = await attendanceOf(meeting(row("08/09/2026 08:01", "08/09/2026 08:59"), block));
    expect(summary.dateOrder).toBe("dmy");
  });

  test("is shown by a connection over midnight", async () => {
    const { summary } = await attendanceOf(meeting(row("05/09/2026 23:50", "06/09/2026 00:20")));
    expect(summary.dateOrder).toBe("dmy");
    expect(summary.dateOrderBecause).toContain("line 2");
  });

  test("is shown by the event's sessions", async () => {
    const sessions = [
      { id: "main", start: at("2026-09-05T08:00:00+07:00"), end: at("2026-09-05T10:00:00+07:00") },
    ];
    const { summary } = await attendanceOf(meeting(row("05/09/2026 08:50", "05/09/2026 09:20")), {
      sessions,
    });
    expect(summary.dateOrder).toBe("dmy");
    expect(summary.dateOrderBecause).toContain("session");
  });

  test("is asked for where nothing shows it", async () => {
    const unclear = meeting(row("05/09/2026 08:50", "05/09/2026 09:20"));
    const [fault] = await faultsOf(attendanceOf(unclear));
    expect(fault).toMatchObject({ code: "date-order-ambiguous", place: { line: 2 } });
    expect(fault?.hints.join()).toContain("date_order");
    const { rows } = await attendanceOf(unclear, { dateOrder: "mdy" });
    expect(rows.map(spoken)).toEqual(["Budi <b@x.id> participant 2026-05-09T08:50:00/2026-05-09T09:20:00"]);
  });

  test("makes no difference to the fifth of May", async () => {
    const { summary } = await attendanceOf(meeting(row("05/05/2026 08:50", "05/05/2026 09:20")));
    expect(summary.dateOrder).toBeNull();
  });

  test("is not looked for again after ten thousand dates that show themselves; a later doubt is an error", async () => {
    const rows =
      row("2026-05-09 10:00", "2026-05-09 11:00").repeat(10_001) +
      row("06/05/2026 10:00", "06/05/2026 11:00");
    expect(await faultsOf(attendanceOf(meeting(rows)))).toMatchObject([
      { code: "date-order-contradictory", place: { line: 10_003 } },
    ]);
  });
});
