/**
 * Holds a request between its read and its write until a client lets it go on. Shared through
 * `globalThis`, because Next instantiates a module once per route.
 *
 * @typedef {{ promise: Promise<void>, resolve: () => void }} Latch
 * @typedef {{ arrived: Latch, opened: Latch }} Gate
 */
const GATES = Symbol.for("bench.gates")
const shared = /** @type {{ [GATES]?: Map<string, Gate> }} */ (globalThis)

/** Waits until the gate is open. @param {string} name */
export async function passGate(name) {
  const gate = gateOf(name)
  gate.arrived.resolve()
  await gate.opened.promise
  gates().delete(name)
}

/** Settles once a request waits at the gate. @param {string} name */
export function arrival(name) {
  return gateOf(name).arrived.promise
}

/** @param {string} name */
export function openGate(name) {
  gateOf(name).opened.resolve()
}

/** @param {string} name */
function gateOf(name) {
  const gate = gates().get(name) ?? { arrived: latch(), opened: latch() }
  gates().set(name, gate)
  return gate
}

function gates() {
  return (shared[GATES] ??= new Map())
}

/** @returns {Latch} */
function latch() {
  let resolve = () => {}
  const promise = /** @type {Promise<void>} */ (new Promise((settle) => (resolve = () => settle())))
  return { promise, resolve }
}
