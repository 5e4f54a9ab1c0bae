import { spawnSync } from "node:child_process"

/**
 * Installs packages of Debian's or Ubuntu's, which root can.
 *
 * @param {...string} names
 * @returns {boolean} whether they are installed now
 */
export function installPackages(...names) {
  if (process.getuid?.() !== 0) return false
  console.error(`Trying the system's packages: apt-get install ${names.join(" ")}.`)
  // Where the lists cannot be renewed, those of yesterday may do.
  aptGet("update", "-qq")
  return aptGet("install", "-y", "-qq", ...names)
}

function aptGet(...args) {
  // To stderr: what runs this may print settings for others to read on stdout.
  const { status } = spawnSync("apt-get", args, {
    stdio: ["ignore", 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  })
  return status === 0
}
