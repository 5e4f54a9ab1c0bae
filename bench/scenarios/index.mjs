import * as flash from "./flash.mjs"
import * as increments from "./increments.mjs"
import * as lostAnswers from "./lost-answers.mjs"
import * as rotation from "./rotation.mjs"
import * as signOut from "./sign-out.mjs"
import * as updates from "./updates.mjs"

/** Each runs in the main process and has `steps`, which client processes do. */
export const scenarios = { updates, flash, signOut, rotation, increments, lostAnswers }
