/** What the test apps bring about on purpose, and Next's notice about the name of their middleware file. */
const expected = [
  /the action failed/,
  /the page is broken/,
  /SESSION_ACTION_FORWARDED/,
  /Using edge runtime|The Edge Runtime is deprecated/,
  /SESSION_COOKIE_WITHHELD/,
  /The "middleware" file convention is deprecated/,
]

const complains = /^\s*(⨯|⚠|Error|Warning|\[session\]|TypeError|Unhandled)|encountered the unstable value/

/**
 * @param {string} log what a server of a test app printed
 * @returns {string[]} the errors and warnings in it that the app did not cause
 */
export function serverComplaints(log) {
  return log.split("\n").filter((line) => complains.test(line) && !expected.some((known) => known.test(line)))
}
