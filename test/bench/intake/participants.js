// A participants list of a meeting, as large as wanted: every person comes again and again, in turn.
import { quoted, writeLines, zoomTime } from "./lines.js";
import { display, person } from "./people.js";

const hour = 3600;

/** Writes the list to `path`; each person has `rows / people` connections of the same length, a gap between them. */
export async function writeParticipants(path, { rows, people }) {
  await writeLines(path, lines(rows, people));
}

function* lines(rows, people) {
  yield "Topic,ID,Host,Duration (minutes),Start time,End time,Participants";
  yield `Diukur,81796405615,Panitia (panitia@bpa.example),240,${zoomTime(8 * hour)},${zoomTime(12 * hour)},${people}`;
  yield "";
  yield "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room";
  const shown = Array.from({ length: Math.min(people, 100_000) }, (_, number) => identity(number));
  const length = Math.max(2, Math.floor((3.5 * hour) / Math.ceil(rows / people)));
  for (let row = 0; row < rows; row += 1) {
    const number = row % people;
    const turn = Math.floor(row / people);
    const join = 8 * hour + ((turn * length + (number % length)) % (3 * hour));
    const leave = join + length - 1;
    const who = shown[number] ?? identity(number);
    yield `${who},${zoomTime(join)},${zoomTime(leave)},${Math.ceil(length / 60)},Yes,,No`;
  }
}

function identity(number) {
  const who = person(number);
  return `${quoted(display(who, number))},${who.email}`;
}
