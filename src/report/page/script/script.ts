/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { makeRows } from "./rows.js";
import { start } from "./start.js";
import { makeStore } from "./store.js";

/**
 * The script of the page: functions that the compiler has checked like all others, as the text they were compiled to.
 * So nothing has to be bundled; in return each of them may use only its arguments and the browser.
 */
export const script = `"use strict";
(${start})(${makeStore}, ${makeRows});
`;
