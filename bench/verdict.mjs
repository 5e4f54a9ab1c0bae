/** Of a subject whose answers could not be lost on purpose. */
const noneLost = { updatesUnanswered: 0, updatesLost: 0, lost: 0, doubled: 0, unanswered: 0, increments: 0 }

/**
 * What is wrong with the results of a subject that promises to lose nothing.
 *
 * @returns one line per broken promise
 */
export function brokenPromises({ updates, flash, signOut, rotation, increments, lostAnswers = noneLost }) {
  const promises = {
    "every update is acknowledged in the end": updates.unanswered + lostAnswers.updatesUnanswered === 0,
    "no update is lost": updates.lost === 0,
    "every message is shown exactly once": flash.exactlyOnce === flash.flashes,
    "no session comes back after sign-out": signOut.resurrected === 0,
    "every late write is refused as gone": signOut.gone === signOut.lateWrites,
    "every write around a new id is acknowledged in the end": rotation.acknowledged === rotation.writes,
    "no acknowledged write is missing under the new id": rotation.missing === 0,
    "every old id is dead": rotation.oldIdsAlive === 0,
    "every increment counts once": increments.lost + increments.doubled === 0,
    "increments are answered": increments.unanswered <= increments.increments / 10,
    "no update is lost with its answer": lostAnswers.updatesLost === 0,
    "no increment is lost with its answer": lostAnswers.lost === 0,
    "no increment is counted twice": lostAnswers.doubled === 0,
    // A retry may go unanswered, too, so a few find none.
    "retries find an answer": lostAnswers.unanswered <= lostAnswers.increments / 10,
  }
  return Object.keys(promises).filter((promise) => !promises[promise])
}
