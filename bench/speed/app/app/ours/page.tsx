import { SaveForm } from "../save-form.tsx"
import { save } from "./actions.ts"

export default function OursPage() {
  return <SaveForm action={save} />
}
