import { Rating } from "@/app/(shop)/item/[id]/rating"

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ message?: string }> }

export default async function ItemModal({ params, searchParams }: Props) {
  const { id } = await params
  const { message = "" } = await searchParams
  return (
    <dialog open aria-label={`item ${id}`}>
      <Rating message={message} />
    </dialog>
  )
}
