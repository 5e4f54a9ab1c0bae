import { keys } from "../../data.mjs"

/** What each page shows: the same HTML, wherever the values come from. */
export function Values({ read }: { read: (key: string) => unknown }) {
  return (
    <ul>
      {keys.map((key) => (
        <li key={key}>
          {key}: {String(read(key))}
        </li>
      ))}
    </ul>
  )
}
