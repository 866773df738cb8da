// `node filling.js FOLDER COUNT`: fills the register of an event's folder, in a process of its own.
import { join } from "node:path";
import { openEventFolder } from "../../../dist/cli/eventFolder.js";
import { openSigningKey } from "../../../dist/cli/signingKey.js";
import { fill } from "./fill.js";

const [folder = "", count = ""] = process.argv.slice(2);
await fill(join(folder, "lulus.db"), Number(count), await openSigningKey(openEventFolder(folder)));
