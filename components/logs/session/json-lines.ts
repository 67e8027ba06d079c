/** The items of an answer of JSON lines as they come. The route's own types are the guarantee of what they are. */
export async function* readJsonLines<Item>(response: Response): AsyncGenerator<Item> {
  if (!response.body) return
  let rest = ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (rest + chunk.value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) yield JSON.parse(line) as Item
    }
  } finally {
    // Left early: the server stops what it was doing.
    void reader.cancel().catch(() => undefined)
  }
}
