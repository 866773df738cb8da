// The stage `read` over one file, doing nothing with the rows but count them.
import { createReadStream } from "node:fs";
import { readAttendance } from "../../../dist/read/attendance.js";

const [, , path] = process.argv;
const file = { path, open: () => createReadStream(path, { highWaterMark: 1 << 18 }) };
const start = Date.parse("2026-09-24T08:30:00+07:00") / 1000;
const sessions = [{ id: "main", start, end: start + 3 * 3600 }];
const how = { timezone: "Asia/Jakarta", dateOrder: null, session: null, sessions, format: null, sheet: null };
let rows = 0;
const { summary } = await readAttendance(file, how, () => {
  rows += 1;
});
if (summary.rows !== rows) throw new Error(`the summary says ${summary.rows} rows, and ${rows} came`);
console.log(rows);
