'use client'

import { Upload as UploadIcon } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '#components/ui/button'

/** Picks files to upload into the folder in front. */
export function UploadButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to upload"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // So that the same file can be picked again.
          target.value = ''
        }}
      />
      <Button needs="admin" onClick={() => input.current?.click()}>
        <UploadIcon aria-hidden className="size-3.5" />
        Upload…
      </Button>
    </>
  )
}
