import { request as send } from "node:http"

/**
 * A browser without JavaScript, as far as a form needs one: it keeps cookies and says of its requests what
 * browsers say.
 *
 * @param {string} origin of the app
 * @param {Map<string, string>} [jar] its cookies, by name
 */
export function createVisitor(origin, jar = new Map()) {
  function ask(method, path, body = "", headers = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ")
    const options = {
      method,
      headers: {
        accept: "text/html",
        "accept-language": "en",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
        "sec-fetch-site": "same-origin",
        "sec-fetch-user": "?1",
        cookie,
        "content-length": Buffer.byteLength(body),
        ...headers,
      },
    }
    return new Promise((resolve, reject) => {
      const asked = send(new URL(path, origin), options, (answer) => {
        keepCookies(answer.headers["set-cookie"] ?? [])
        let html = ""
        answer.on("data", (chunk) => (html += chunk))
        answer.on("end", () =>
          resolve({ status: answer.statusCode, location: answer.headers.location, html }),
        )
      })
      asked.on("error", reject)
      asked.end(body)
    })
  }

  function keepCookies(lines) {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === "" || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
  }

  return {
    open: (path) => ask("GET", path),

    /** The same browser at another server of the app; cookies know no ports. */
    at: (another) => createVisitor(another, jar),

    /** Fills in the form of a page that has a button of that name, and sends it. */
    async submit(path, button, typed = {}) {
      const { html } = await ask("GET", path)
      const form = html.match(/<form[\s\S]*?<\/form>/g)?.find((text) => text.includes(`>${button}<`))
      if (form === undefined) throw new Error(`${path} has no form with the button "${button}"`)
      const hidden = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([tag]) => [
        / name="([^"]*)"/.exec(tag)?.[1] ?? "",
        (/ value="([^"]*)"/.exec(tag)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
      ])
      const boundary = "----next-session-kit"
      const parts = [...hidden, ...Object.entries(typed)].map(
        ([name, value]) =>
          `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      )
      return ask("POST", path, `${parts.join("")}--${boundary}--\r\n`, {
        "content-type": `multipart/form-data; boundary=${boundary}`,
        origin,
      })
    },
  }
}
