// What intake is compared with: csv-parse as a stream over the same file, doing nothing with the rows but count them.
import { createReadStream } from "node:fs";
import { parse } from "csv-parse";

let rows = 0;
const parser = createReadStream(process.argv[2]).pipe(parse({ relax_column_count: true, bom: true }));
parser.on("data", () => {
  rows += 1;
});
parser.on("end", () => console.log(rows));
