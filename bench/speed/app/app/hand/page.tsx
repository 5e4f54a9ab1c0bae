import { SaveForm } from "../save-form.tsx"
import { save } from "./actions.ts"

export default function HandPage() {
  return <SaveForm action={save} />
}
