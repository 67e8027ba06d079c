/** Hands a fetched file to the browser to keep, under the name the server gives it. The browser keeps large ones on disk. */
export async function saveResponse(response: Response, fallbackName: string): Promise<void> {
  const disposition = response.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1]
  const plain = /filename="([^"]+)"/.exec(disposition)?.[1]
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = encoded === undefined ? (plain ?? fallbackName) : decodeURIComponent(encoded)
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
