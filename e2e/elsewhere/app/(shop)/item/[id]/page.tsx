import { Rating } from "./rating"

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ message?: string }> }

export default async function ItemPage({ params, searchParams }: Props) {
  const { id } = await params
  const { message = "" } = await searchParams
  return (
    <main>
      <h1>item {id}</h1>
      <Rating message={message} />
    </main>
  )
}
