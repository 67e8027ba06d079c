'use client'

import { useEffect } from 'react'
import { Toaster as Sonner } from 'sonner'
import { toasterMounted } from './toast.tsx'

/** Where toasts appear; mounted once by the frame. */
export function Toaster() {
  useEffect(toasterMounted, [])
  return (
    <Sonner
      position="bottom-right"
      offset={{ bottom: 48, right: 16 }}
      mobileOffset={{ bottom: 48 }}
      closeButton
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[356px] max-w-[calc(100vw-32px)] items-start gap-2.5 rounded-lg border border-line-strong bg-panel px-3.5 py-2.5 pr-9 text-sm text-text shadow-lift',
          error: 'border-l-[3px] border-l-bad!',
          title: 'font-medium [overflow-wrap:anywhere]',
          description: 'text-muted [overflow-wrap:anywhere]',
          icon: 'hidden',
          closeButton:
            'absolute top-2 right-2 grid size-6 place-items-center rounded-md text-muted hover:bg-hover hover:text-text [&_svg]:size-3.5',
        },
      }}
    />
  )
}
