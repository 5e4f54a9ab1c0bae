export function SaveForm({ action }: { action: () => Promise<void> }) {
  return (
    <form action={action}>
      <button>Save</button>
    </form>
  )
}
