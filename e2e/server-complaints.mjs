/** What the test apps bring about on purpose, and Next's notice about the name of their middleware file. */
const expected = [
  /the action failed/,
  /the page is broken/,
  /SESSION_ACTION_FORWARDED/,
  /Using edge runtime|The Edge Runtime is deprecated/,
  /SESSION_COOKIE_WITHHELD/,
  /The "middleware" file convention is deprecated/,
]

/**
 * Whether Next says it of the machine and not of the app: it prints this wherever it finds itself in CI (an
 * environment with `CI`, of which a fresh app has no cache yet; `getCacheDir` in next/dist/build/index.js, 16.4.6).
 *
 * @param {string} line that a command of Next printed
 */
export const isAboutTheMachine = (line) => line.includes("No build cache found")

const complains = /^\s*(⨯|⚠|Error|Warning|\[session\]|TypeError|Unhandled)|encountered the unstable value/

/**
 * @param {string} log what a server of a test app printed
 * @returns {string[]} the errors and warnings in it that the app did not cause
 */
export function serverComplaints(log) {
  const isKnown = (line) => isAboutTheMachine(line) || expected.some((known) => known.test(line))
  return log.split("\n").filter((line) => complains.test(line) && !isKnown(line))
}
