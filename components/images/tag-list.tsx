'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import { useContainers } from '#components/live/hooks'
import { CheckField } from '#components/ui/checkbox'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { IconButton } from '#components/ui/icon-button'
import { command } from '#lib/docker/command'
import type { Image } from '#lib/docker/images/image'
import { usersByImage } from '#lib/docker/images/image-users'
import { untagImage } from './calls.ts'

/** The names of an image, each with a way to take it off. */
export function TagList({ image, onGone }: { image: Image; onGone: () => void }) {
  const [asked, setAsked] = useState<string | null>(null)
  if (image.tags.length === 0)
    return <p className="text-faint">No name: a newer build took it, or it was removed.</p>
  return (
    <>
      <ul className="flex flex-wrap gap-1.5">
        {image.tags.map((tag) => (
          <li
            key={tag}
            className="inline-flex max-w-full items-center rounded-md border border-line pl-2 font-mono text-xs"
          >
            <span className="truncate">{tag}</span>
            <IconButton
              needs="engine"
              icon={X}
              label={`Take the name ${tag} off`}
              onClick={() => setAsked(tag)}
            />
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <UntagDialog image={image} tag={asked} onClose={() => setAsked(null)} onGone={onGone} />
      )}
    </>
  )
}

function UntagDialog({
  image,
  tag,
  onClose,
  onGone,
}: {
  image: Image
  tag: string
  onClose: () => void
  onGone: () => void
}) {
  const users = usersByImage(useContainers()).get(image.id) ?? []
  const [isForced, setIsForced] = useState(false)
  const isLast = image.tags.length === 1
  const goesToo = isLast && users.length === 0
  const needsForce = isLast && users.length > 0
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Take the name ${tag} off?`}
      loses={
        goesToo ? ['The image too: this is its last name and no container uses it.'] : [`The name ${tag}.`]
      }
      keeps={goesToo ? [] : [isLast ? 'The image, without a name.' : 'The image and its other names.']}
      commands={[command.rmi([tag], { isForced })]}
      confirmLabel={goesToo ? 'Remove the image' : 'Take it off'}
      isDisabled={needsForce && !isForced}
      onConfirm={async () => {
        await untagImage(image.id, tag, isForced)
        if (goesToo) onGone()
      }}
    >
      {needsForce ? (
        <CheckField
          isChecked={isForced}
          onChange={setIsForced}
          label="Force"
          hint={`${users.map(({ name }) => name).join(', ')} ${users.length === 1 ? 'was' : 'were'} made from it: the image stays for ${users.length === 1 ? 'that container' : 'those containers'}, without a name.`}
        />
      ) : null}
    </ConfirmDialog>
  )
}
