import { deleteNote } from "./actions"

export function DeleteNote({ id, describedBy }: { id: string; describedBy: string }) {
  return (
    <form action={deleteNote}>
      <input type="hidden" name="id" value={id} />
      <button className="quiet" aria-describedby={describedBy}>
        Delete
      </button>
    </form>
  )
}
