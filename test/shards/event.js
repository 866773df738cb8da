// `node test/shards/event.js FOLDER PEOPLE`: an event in which everybody passes.
import { mkdirSync } from "node:fs";
import { writeEvent } from "../bench/render/event.js";

const [folder = "event", people = "1000"] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
await writeEvent(folder, Number(people));
