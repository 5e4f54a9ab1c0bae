/** What goes wrong with each, in a few sentences. */
export const remarks = {
  kit: `On the cookie store two tabs that arrive at the same moment may both show it; on Redis one does. Without JavaScript a
message is lost where its target redirects while it renders, or does not exist. An action that Next forwards to another page's
worker is refused with an error, and its message with it.`,
  "middleware-cookie": `What an action's own response shows, middleware has cleared for nobody: Next renders the page by a request of
its own, whose cookies never reach the browser. So the next document, a reload or another tab, shows it again. And middleware
clears for whoever asks: a fetch, a frame, a preview, the 404 page, or a link under the layout, which is not rendered again.`,
  "effect-cookie": `With JavaScript the best of the rivals. What the effect cannot see goes wrong: a tab that shows the message too
before it is cleared, a frame, a page that makes room before anybody could read it, a layout that Back mounts again, two
messages in one cookie. Without JavaScript nothing clears it, and each page of the next minute shows it.`,
  "search-parameter": `What it offers, it does with JavaScript nearly always; it offers the least. The message is lost where the address
is: a guard that redirects without the query, a target that redirects or does not exist. Without JavaScript each reload, and
each Back, shows it again. (Not measured: anybody can write such a message into a link.)`,
  "toast-cookie": `The cookie lives until the toast closes, which its authors want so; any document opened in these seconds, by a
reload or in another tab, shows the toast again. It needs JavaScript. Five of the six "amiss" are shown on the 404 page, which
has the root layout, and nothing is wrong with that. With the toaster in the root layout, no page stays static.`,
  "iron-flash": `The cookie is httpOnly and sealed, and an action clears it, one request more for each message. What comes before that
action has answered, a reload at once or another tab, shows it again; a link under the layout, which is not rendered again,
does not show it, until a later document does or the time for it is past. Without JavaScript nothing clears it.`,
}
