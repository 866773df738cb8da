// An event of any size with what real ones have: registrants who stayed away, people whose line broke, guests without
// an address, a quiz, a form of presence, names a letter apart.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { quoted, sheetTime, writeLines, zoomTime } from "./lines.js";
import { display, person } from "./people.js";

const eventFile = `event:
  id: ukur-1
  title: Webinar yang Diukur
  language: id
  timezone: Asia/Jakarta
  sessions: [{ id: main, start: 2026-09-24 08:30, end: 2026-09-24 11:30 }]
issuer: { name: Badan Pelatihan Aparatur }
inputs:
  attendance: attendance/*.csv
  quizzes: { post-test: { files: quiz/*.csv } }
  presence: { akhir: presence/akhir.csv }
awards:
  - id: participant
    when:
      attendance: { min_percent: 75 }
      quizzes: { post-test: { min_percent: 70 } }
      presence: { forms: [akhir] }
certificate: { number: "{seq:4}/{event.id}/{year}" }
verify: { url: https://s.example/v }
`;

const start = 8 * 3600 + 1800;
const end = 11 * 3600 + 1800;

/** Everybody a twentieth of whom is a guest, a seventh stayed away, and every third came twice: 2.5 lines a person. */
const isGuest = (number) => number % 20 === 7;
const stayedAway = (number) => number % 7 === 3 && !isGuest(number);
const tookQuiz = (number) => number % 10 < 7 && !stayedAway(number);
const filledForm = (number) => number % 10 !== 4 && !stayedAway(number) && number % 3 !== 1;

/** Writes the event's folder; @returns {Promise<number>} how many lines speak of somebody */
export async function writeEvent(folder, people) {
  writeFileSync(join(folder, "event.yaml"), eventFile);
  let rows = 0;
  const counted = function* (lines) {
    for (const line of lines) {
      rows += 1;
      yield line;
    }
  };
  await writeLines(join(folder, "attendance/attendee.csv"), webinar(people, counted));
  await writeLines(join(folder, "quiz/post-test.csv"), quiz(people, counted));
  await writeLines(join(folder, "presence/akhir.csv"), presence(people, counted));
  return rows;
}

function* webinar(people, counted) {
  const span = "Join Time,Leave Time,Time in Session (minutes)";
  yield "Attendee Report";
  yield `Report generated time,${zoomTime(end + 7200)}`;
  yield "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registrants,Unique Viewers,Total Users";
  yield `Diukur,847 5984 1045,${zoomTime(start - 1800)},240,${people},${people},${people}`;
  yield "Host Details";
  yield `Attended,User Name (Original Name),Email,${span},Is Guest,Country/Region Name`;
  yield `Yes,Panitia,panitia@bpa.example,${zoomTime(start - 1800)},${zoomTime(end + 600)},220,No,Indonesia`;
  yield "Attendee Details";
  yield `Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,Approval Status,${span},Is Guest,Country/Region Name`;
  yield* counted(attendees(people));
  yield "Other Attended";
  yield `User Name,${span},Country/Region Name`;
  yield* counted(guests(people));
}

function* attendees(people) {
  for (let number = 0; number < people; number += 1) {
    if (isGuest(number)) continue;
    const who = person(number);
    const [given, ...family] = who.name.split(" ");
    const before = `${quoted(display(who, number))},${given},${family.join(" ")},${who.email},+62813${String(number).padStart(8, "0")},${zoomTime(3600 + (number % 20_000))},approved`;
    if (stayedAway(number)) yield `No,${before},--,--,--,--,`;
    else for (const times of connections(number)) yield `Yes,${before},${times},Yes,Indonesia`;
  }
}

function* guests(people) {
  for (let number = 0; number < people; number += 1) {
    if (!isGuest(number)) continue;
    // every fourth guest is somebody's name with a slip of the keyboard, which is asked about and never merged
    const { name } = person(number);
    const shown = number % 4 === 3 ? `${name.slice(0, 4)}h${name.slice(4)}` : name;
    for (const times of connections(number)) yield `${quoted(shown)},${times},Indonesia`;
  }
}

function connections(number) {
  const join = start - 900 + ((number * 37) % 1800);
  const leave = number % 8 === 5 ? start + ((number * 53) % 7000) + 1000 : end + ((number * 13) % 600);
  const span = (from, to) => `${zoomTime(from)},${zoomTime(to)},${Math.ceil((to - from) / 60)}`;
  if (number % 3 !== 0) return [span(join, leave)];
  const broke = join + Math.floor((leave - join) / 2);
  return [span(join, broke), span(broke + (number % 40), leave)];
}

function* quiz(people, counted) {
  yield "Timestamp,Email Address,Score,Nama Lengkap (beserta gelar),Instansi";
  yield* counted(answers(people));
}

function* answers(people) {
  for (let number = 0; number < people; number += 1) {
    if (!tookQuiz(number)) continue;
    const { full, email } = person(number);
    const tries = number % 6 === 0 ? 2 : 1;
    for (let turn = 0; turn < tries; turn += 1)
      yield `${sheetTime(end + (number % 3000) + turn * 600)},${email},${5 + ((number + turn * 3) % 6)} / 10,${quoted(full)},Dinas Kesehatan`;
  }
}

function* presence(people, counted) {
  yield "Timestamp,Email Address,Nama Lengkap,NIP";
  yield* counted(signatures(people));
}

function* signatures(people) {
  for (let number = 0; number < people; number += 1) {
    if (!filledForm(number)) continue;
    const { full, email } = person(number);
    const nip = number % 2 === 0 ? "" : civilServant(number);
    yield `${sheetTime(start + 600 + (number % 1200))},${email},${quoted(full)},${nip}`;
  }
}

/** Eighteen digits, nobody's twice: day of birth, month of appointment, sex, serial. */
function civilServant(number) {
  const two = (value) => String(value).padStart(2, "0");
  const round = Math.floor(number / 900);
  const born = `19${70 + (round % 30)}${two(1 + (Math.floor(round / 30) % 12))}${two(1 + (Math.floor(round / 360) % 28))}`;
  return `${born}2020121${100 + (number % 900)}`;
}
